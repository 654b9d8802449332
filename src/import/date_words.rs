//! Words of dates: months, weekdays, labels, units, in the languages that cost nothing more than a line here.

/// What may be glued to a day.
pub(super) const ORDINALS: &str = "\
    st nd rd th er º ª";

/// Words that lead from a date to where it was published, or to a weekday.
pub(super) const ON: &str = "\
    on in at via auf bei en sur su";

/// Labels of the date that counts.
pub(super) const PUBLISHED: &str = "\
    published posted publication created issued veröffentlicht erschienen publié publicado pubblicato \
    gepubliceerd опубликовано منتشر انتشار نشر نُشر yayınlandı opublikowano";

/// Labels of a later date.
pub(super) const UPDATED: &str = "\
    updated modified edited revised aktualisiert geändert mis modifié actualizado aggiornato bijgewerkt \
    обновлено به‌روزرسانی تحديث";

/// Other words around dates.
pub(super) const LABELS: &str = "\
    date datum fecha data first last originally the of time local am um le el il à a al alle ore de del \
    la las los on at stand zuletzt zuerst تاریخ تم في در شده ساعت jour";

/// Parts of times and time zones.
pub(super) const TIMES: &str = "\
    pm p m uhr h hrs gmt utc est edt cst cdt mst mdt pst pdt et ct pt bst cet cest eet ist irst t z \
    noon midnight";

/// Days of the week.
pub(super) const WEEKDAYS: &str = "\
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat \
    sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
    lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado \
    domingo lunedì martedì mercoledì giovedì venerdì sabato domenica شنبه یکشنبه دوشنبه سه‌شنبه \
    چهارشنبه پنجشنبه پنج‌شنبه جمعه الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت";

/// Words after a span of time that count it back from today.
pub(super) const AGO: &str = "\
    ago fa geleden پیش قبل назад önce temu";

/// Words for days counted from today, after the number of days.
pub(super) const DAYS: &[(u32, &str)] = &[
    (
        0,
        "\
        today heute aujourd'hui aujourd’hui hoy oggi امروز اليوم",
    ),
    (
        1,
        "\
        yesterday gestern hier ayer ieri دیروز أمس",
    ),
];

/// Units of time, after their minutes; months are taken as thirty days, years are not taken.
pub(super) const UNITS: &[(u32, &str)] = &[
    (
        0,
        "\
        second seconds sec secs",
    ),
    (
        1,
        "\
        minute minutes min mins minuten minuto minutos minuti دقیقه دقيقة دقائق минут",
    ),
    (
        60,
        "\
        hour hours hr hrs h stunde stunden heure heures hora horas ora ore uur uren ساعت ساعة ساعات часов \
        часа saat",
    ),
    (
        1440,
        "\
        day days d tag tagen jour jours día días giorno giorni dag dagen روز يوم أيام дней дня gün",
    ),
    (
        10_080,
        "\
        week weeks woche wochen semaine semaines semana semanas هفته",
    ),
    (
        43_200,
        "\
        month months",
    ),
];

/// Names of the months, first to last; each line holds one month in the languages known.
pub(super) const MONTHS: &[&str] = &[
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari января янв ژانویه يناير ocak stycznia",
    "february feb februar février févr febrero febbraio fevereiro februari февраля фев فوریه فبراير şubat lutego",
    "march mar märz mrz mars marzo março maart марта мар مارس mart marca",
    "april apr avril avr abril abr aprile апреля апр آوریل أبريل nisan kwietnia",
    "may mai mayo maggio mag maio mei мая مه مايو mayıs maja",
    "june jun juni juin junio giugno giu junho июня июн ژوئن يونيو haziran czerwca",
    "july jul juli juillet juil julio luglio lug julho июля июл ژوئیه يوليو temmuz lipca",
    "august aug août agosto ago agustus augustus августа авг اوت أغسطس ağustos sierpnia",
    "september sep sept septembre septiembre settembre set setembro сентября сен سپتامبر سبتمبر eylül września",
    "october oct oktober okt octobre octubre ottobre ott outubro октября окт اکتبر أكتوبر ekim października",
    "november nov novembre noviembre novembro ноября ноя نوامبر نوفمبر kasım listopada",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro декабря дек دسامبر ديسمبر aralık grudnia",
];

/// Months of the Iranian calendar.
pub(super) const IRANIAN: &[&str] = &[
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد امرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
];

/// Whether `word` (in lower case) is in a list above.
pub(super) fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|entry| entry == word)
}

/// The number before the list that holds `word` (in lower case).
pub(super) fn number_of(table: &[(u32, &str)], word: &str) -> Option<u32> {
    table
        .iter()
        .find(|(_, words)| among(words, word))
        .map(|(number, _)| *number)
}
