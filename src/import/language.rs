//! The language a text is written in.

use whatlang::Lang;

/// Bytes looked at; trigrams settle long before.
const SAMPLE_BYTES: usize = 16 * 1024;
/// Below this a short text could be several languages.
const MIN_CONFIDENCE: f64 = 0.8;

/// ISO 639-1 code of the language of `text`; empty where it cannot be told.
pub(super) fn of(text: &str) -> &'static str {
    let sample = super::lines::first_bytes(text, SAMPLE_BYTES);
    whatlang::detect(sample)
        .filter(|found| found.is_reliable() || found.confidence() >= MIN_CONFIDENCE)
        .map_or("", |found| code(found.lang()))
}

/// Two letters for whatlang's languages.
fn code(lang: Lang) -> &'static str {
    LANGUAGES
        .split(' ')
        .filter_map(|pair| pair.split_once(':'))
        .find(|(long, _)| *long == lang.code())
        .map_or("", |(_, short)| short)
}

/// ISO 639-3 and 639-1 codes.
const LANGUAGES: &str = "\
    afr:af aka:ak amh:am ara:ar aze:az bel:be ben:bn bul:bg cat:ca ces:cs cmn:zh cym:cy dan:da \
    deu:de ell:el eng:en epo:eo est:et fin:fi fra:fr guj:gu heb:he hin:hi hrv:hr hun:hu hye:hy \
    ind:id ita:it jav:jv jpn:ja kan:kn kat:ka khm:km kor:ko lat:la lav:lv lit:lt mal:ml mar:mr \
    mkd:mk mya:my nep:ne nld:nl nob:nb ori:or pan:pa pes:fa pol:pl por:pt ron:ro rus:ru sin:si \
    slk:sk slv:sl sna:sn spa:es srp:sr swe:sv tam:ta tel:te tgl:tl tha:th tuk:tk tur:tr ukr:uk \
    urd:ur uzb:uz vie:vi yid:yi zul:zu";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_detector_has_a_code() {
        for lang in Lang::all() {
            assert!(!code(*lang).is_empty(), "{}", lang.code());
        }
    }
}
