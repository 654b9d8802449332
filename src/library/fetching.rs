//! Fetching an address: the only place that opens a connection.
//!
//! Invariant: fetches what it was asked for and the `robots.txt` of its host, nothing else; bounded in time, in bytes (unpacked), and
//! in redirects; a redirect leads neither to another protocol, nor from the web into this machine or its network.

mod inside;
mod robots;

use super::folder;
use inside::{Inside, Lookup};
use robots::Robots;
use std::collections::HashMap;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{Response, header};
use ureq::tls::{self, PemItem, RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

/// What the program calls itself: first the name that `robots.txt` may use.
const USER_AGENT: &str = concat!(
    "Diptych/",
    env!("CARGO_PKG_VERSION"),
    " (a reader for one person; fetches what that person names)"
);
/// Bytes of a `robots.txt` that are read; RFC 9309 wants 500 KiB at least.
const MAX_ROBOTS: u64 = 512 << 10;
/// Bytes of a file of certificates; the lists of operating systems have a quarter of a megabyte.
const MAX_CERTIFICATES: usize = 4 << 20;

/// What fetching may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// All of it: looking up, redirects, and the last byte.
    pub time: Duration,
    /// Bytes of the answer, unpacked.
    pub bytes: u64,
    /// Redirects followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            bytes: 64 << 20,
            redirects: 10,
        }
    }
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from in the end.
    pub address: String,
    /// What it is; a text in an encoding that only the answer's head names is in UTF-8 already.
    pub bytes: Vec<u8>,
}

/// Why nothing came.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not an address that can be fetched.
    #[error("{0} is not an address of the web: {1}")]
    Address(String, String),
    /// The host does not want it.
    #[error(
        "{0}: its robots.txt asks programs not to fetch this; save the page with a browser and import the file"
    )]
    Robots(String),
    /// The host's wishes cannot be known.
    #[error("{0}: its robots.txt cannot be had ({1}), so nothing is fetched; try again later")]
    NoRobots(String, String),
    /// The host answers that it is not there, or not for us.
    #[error("{0}: the host answers {1}")]
    Status(String, String),
    /// Redirects without end, or to where none may lead.
    #[error("{0}: {1}")]
    Redirect(String, String),
    /// No answer in time.
    #[error("{0}: no whole answer within {1} seconds")]
    Slow(String, u64),
    /// More than is read.
    #[error("{0}: larger than {1} MB, the most that is fetched")]
    TooLarge(String, u64),
    /// Packed in a way that was not asked for.
    #[error("{0}: the answer is packed ({1}), which was not asked for")]
    Packed(String, String),
    /// No connection.
    #[error("{0}: {1}")]
    Connection(String, String),
}

/// Fetches addresses.
pub struct Fetcher {
    agent: Agent,
    /// Whether names may stand for addresses of the network around.
    inside: Inside,
    limits: Limits,
    /// By scheme, host and port.
    robots: HashMap<String, Robots>,
}

impl Fetcher {
    /// One that keeps to these limits, and trusts the hosts that Mozilla's list of authorities vouches for.
    pub fn new(limits: Limits) -> Self {
        Self::with_roots(limits, RootCerts::WebPki)
    }

    /// One that trusts the hosts that the certificates of a file (PEM) vouch for, and no others.
    ///
    /// # Errors
    /// Why the file names nobody to trust.
    pub fn trusting(limits: Limits, file: &Path) -> Result<Self, String> {
        let pem = folder::read_text(file, MAX_CERTIFICATES).map_err(folder::Unread::why)?;
        let items: Result<Vec<PemItem<'_>>, _> = tls::parse_pem(pem.as_bytes()).collect();
        let items = items.map_err(|error| format!("it is no PEM file of certificates: {error}"))?;
        let certificates = items.into_iter().filter_map(|item| match item {
            PemItem::Certificate(certificate) => Some(certificate),
            _ => None,
        });
        let certificates: Vec<_> = certificates.collect();
        if certificates.is_empty() {
            return Err("there is no certificate in it".to_owned());
        }
        let roots = RootCerts::Specific(Arc::new(certificates));
        Ok(Self::with_roots(limits, roots))
    }

    fn with_roots(limits: Limits, roots: RootCerts) -> Self {
        let inside = Inside::default();
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .accept("text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, application/pdf, application/epub+zip, text/plain;q=0.9, */*;q=0.5")
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(64 << 10)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let connector = DefaultConnector::default();
        let agent = Agent::with_parts(config, connector, Lookup(inside.clone()));
        Self {
            agent,
            inside,
            limits,
            robots: HashMap::new(),
        }
    }

    /// Fetches an address.
    pub fn fetch(&mut self, address: &str) -> Result<Fetched, FetchError> {
        let started = Instant::now();
        let mut url = parsed(address)?;
        let begins_here = inside::says_so(&url);
        // Whoever named the first address may mean a machine of the own network by it.
        self.inside.keep_out(false);
        let named = url.origin();
        for _ in 0..=self.limits.redirects {
            self.ask_robots(&url, address, started)?;
            let answer = self.get(&url, address, started)?;
            let Some(next) = redirect(&answer, &url) else {
                return self.take(answer, &url, address, started);
            };
            url = next.map_err(|why| FetchError::Redirect(address.to_owned(), why))?;
            if inside::says_so(&url) && !begins_here {
                let why = format!(
                    "it leads to {url}, inside this machine or its network; that is not followed"
                );
                return Err(FetchError::Redirect(address.to_owned(), why));
            }
            self.inside.keep_out(!begins_here && url.origin() != named);
        }
        let why = format!("more than {} redirects", self.limits.redirects);
        Err(FetchError::Redirect(address.to_owned(), why))
    }

    fn left(&self, address: &str, started: Instant) -> Result<Duration, FetchError> {
        let left = self.limits.time.checked_sub(started.elapsed());
        left.filter(|left| !left.is_zero())
            .ok_or_else(|| self.slow(address))
    }

    fn slow(&self, address: &str) -> FetchError {
        FetchError::Slow(address.to_owned(), self.limits.time.as_secs())
    }

    fn get(
        &self,
        url: &Url,
        address: &str,
        started: Instant,
    ) -> Result<Response<ureq::Body>, FetchError> {
        let left = self.left(address, started)?;
        self.agent
            .get(url.as_str())
            .config()
            .timeout_global(Some(left))
            .timeout_connect(Some(left.min(Duration::from_secs(15))))
            .build()
            .call()
            .inspect(|answer| {
                let host = url.host_str().unwrap_or_default();
                log::info!("{host} answers {}", answer.status());
                log::debug!("of {url}");
            })
            .map_err(|error| self.failed(error, url, address))
    }

    fn failed(&self, error: ureq::Error, url: &Url, address: &str) -> FetchError {
        let host = url.host_str().unwrap_or_default();
        let why = match error {
            ureq::Error::Timeout(_) => return self.slow(address),
            ureq::Error::Io(error) if is_timeout(&error) => return self.slow(address),
            ureq::Error::Io(error) if error.to_string() == inside::REFUSED => {
                let why = format!("it leads to {url}: {error}");
                return FetchError::Redirect(address.to_owned(), why);
            }
            ureq::Error::HostNotFound => format!("the host {host} is not found"),
            // The system's resolver has no kind of error of its own.
            ureq::Error::Io(error) if error.to_string().contains("lookup") => {
                format!("the host {host} is not found")
            }
            ureq::Error::ConnectionFailed => format!("no connection to {host}"),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                format!("{host} refuses the connection")
            }
            // What TLS refuses during the handshake comes as what failed to be read.
            ureq::Error::Io(error) if error.to_string().contains("certificate") => format!(
                "no safe connection to {host}: {error}; in a network that looks into safe connections, SSL_CERT_FILE names the \
                 certificates to trust"
            ),
            ureq::Error::Tls(why) => format!("no safe connection to {host}: {why}"),
            ureq::Error::Rustls(why) => format!("no safe connection to {host}: {why}"),
            error => format!("the connection to {host} failed: {error}"),
        };
        FetchError::Connection(address.to_owned(), why)
    }

    /// Fails where the host does not want this address to be fetched by programs.
    fn ask_robots(&mut self, url: &Url, address: &str, started: Instant) -> Result<(), FetchError> {
        let origin = url.origin().ascii_serialization();
        if !self.robots.contains_key(&origin) {
            let kept_out = self.inside.is_kept_out();
            let robots = self.robots_of(url, address, started);
            self.inside.keep_out(kept_out);
            self.robots.insert(origin.clone(), robots?);
        }
        let mut path = url.path().to_owned();
        if let Some(query) = url.query() {
            path = format!("{path}?{query}");
        }
        if self.robots[&origin].allows(&path) {
            Ok(())
        } else {
            Err(FetchError::Robots(address.to_owned()))
        }
    }

    /// By RFC 9309: none where there is no such file; where the host fails to answer, nothing may be fetched.
    fn robots_of(&self, url: &Url, address: &str, started: Instant) -> Result<Robots, FetchError> {
        let unknown = |why: String| FetchError::NoRobots(address.to_owned(), why);
        let mut at = url
            .join("/robots.txt")
            .map_err(|error| unknown(error.to_string()))?;
        for _ in 0..=5 {
            let mut answer = self.get(&at, address, started)?;
            match redirect(&answer, &at) {
                Some(Ok(next)) if inside::says_so(&next) == inside::says_so(url) => {
                    let is_elsewhere = next.origin() != url.origin() && !inside::says_so(url);
                    self.inside
                        .keep_out(self.inside.is_kept_out() || is_elsewhere);
                    at = next;
                    continue;
                }
                Some(_) => return Ok(Robots::default()),
                None => {}
            }
            let status = answer.status();
            if status.is_server_error() || status.as_u16() == 429 {
                return Err(unknown(format!(
                    "the host answers {}",
                    worded(status.as_u16())
                )));
            }
            if !status.is_success() {
                return Ok(Robots::default());
            }
            let mut bytes = Vec::new();
            let body = answer.body_mut().as_reader();
            body.take(MAX_ROBOTS)
                .read_to_end(&mut bytes)
                .map_err(|error| unknown(error.to_string()))?;
            return Ok(Robots::read(&String::from_utf8_lossy(&bytes)));
        }
        Ok(Robots::default())
    }

    /// The answer's body.
    fn take(
        &self,
        mut answer: Response<ureq::Body>,
        url: &Url,
        address: &str,
        started: Instant,
    ) -> Result<Fetched, FetchError> {
        let status = answer.status();
        if !status.is_success() {
            return Err(FetchError::Status(
                address.to_owned(),
                worded(status.as_u16()),
            ));
        }
        let too_large = || FetchError::TooLarge(address.to_owned(), self.limits.bytes >> 20);
        let packing = text_of(&answer, header::CONTENT_ENCODING).unwrap_or_default();
        if !matches!(packing.as_str(), "" | "gzip" | "x-gzip" | "identity") {
            return Err(FetchError::Packed(address.to_owned(), packing));
        }
        if answer
            .body()
            .content_length()
            .is_some_and(|length| length > self.limits.bytes)
        {
            return Err(too_large());
        }
        let charset = answer.body().charset().map(str::to_owned);
        let mut bytes = Vec::new();
        let mut body = answer.body_mut().as_reader().take(self.limits.bytes + 1);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            // A host that sends a byte now and then never fails to answer.
            self.left(address, started)?;
            match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => bytes.extend_from_slice(&buffer[..read]),
                Err(error) if is_timeout(&error) => return Err(self.slow(address)),
                Err(error) => {
                    let why = format!("the answer broke off: {error}");
                    return Err(FetchError::Connection(address.to_owned(), why));
                }
            }
        }
        if bytes.len() as u64 > self.limits.bytes {
            return Err(too_large());
        }
        Ok(Fetched {
            address: url.to_string(),
            bytes: in_utf8(bytes, charset.as_deref()),
        })
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
    ) || error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<ureq::Error>())
        .is_some_and(|inner| matches!(inner, ureq::Error::Timeout(_)))
}

/// Whether a text is an address that can be fetched.
pub fn is_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

fn parsed(address: &str) -> Result<Url, FetchError> {
    let wrong = |why: String| FetchError::Address(address.to_owned(), why);
    let mut url = Url::parse(address).map_err(|error| wrong(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong("it must begin with https:// or http://".to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("it holds a name or a password".to_owned()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Where a redirect leads; `None` where the answer is none.
fn redirect(answer: &Response<ureq::Body>, from: &Url) -> Option<Result<Url, String>> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let to = text_of(answer, header::LOCATION)?;
    let next = from
        .join(&to)
        .map_err(|error| format!("it leads to an address that is none ({error})"))
        .and_then(|url| {
            parsed(url.as_str()).map_err(|error| format!("it leads elsewhere: {error}"))
        });
    Some(next.and_then(|next| {
        if from.scheme() == "https" && next.scheme() == "http" {
            Err(format!(
                "it leads from a safe address to one that is not, {next}; that is not followed"
            ))
        } else {
            Ok(next)
        }
    }))
}

fn text_of(answer: &Response<ureq::Body>, name: header::HeaderName) -> Option<String> {
    let bytes = answer.headers().get(name)?.as_bytes();
    Some(String::from_utf8_lossy(bytes).trim().to_owned())
}

/// A status, with words for those that readers meet.
fn worded(status: u16) -> String {
    let words = match status {
        401 => "a login is needed",
        402 => "it must be paid for",
        403 => "it is forbidden",
        404 => "there is no such page",
        410 => "the page is gone",
        429 => "too many requests",
        451 => "it is withheld for legal reasons",
        500..=599 => "the host has a fault",
        _ => return status.to_string(),
    };
    format!("{status}: {words}")
}

/// Text in an encoding that the head of the answer names, as UTF-8; anything else as it is.
fn in_utf8(bytes: Vec<u8>, charset: Option<&str>) -> Vec<u8> {
    let Some(encoding) = charset.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()))
    else {
        return bytes;
    };
    let says_itself = encoding_rs::Encoding::for_bom(&bytes).is_some();
    if encoding == encoding_rs::UTF_8
        || says_itself
        || std::str::from_utf8(&bytes).is_ok_and(|text| !text.is_ascii())
    {
        return bytes;
    }
    let (text, _, is_damaged) = encoding.decode(&bytes);
    if is_damaged {
        bytes
    } else {
        text.into_owned().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_web() {
        assert!(is_address("HTTPS://x.example") && !is_address("file.html") && !is_address("é"));
        for wrong in [
            "ftp://x.example/",
            "https://",
            "https://a:b@x.example/",
            "file:///etc/passwd",
        ] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}
