//! Addresses, against a server on the loopback address: what is fetched, what is refused, and that nothing takes for ever.

#![expect(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::print_stdout,
    reason = "a test fails by panicking, and makes its files as they read"
)]

use diptych::library::fetching::{FetchError, Fetcher, Limits};
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What is answered for each path: the head after the status, and the body.
type Pages = Arc<Mutex<HashMap<String, (u16, String, Vec<u8>)>>>;

struct Server {
    address: String,
    pages: Pages,
    /// Path and user agent of each request.
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            pages: Pages::default(),
            asked: Arc::default(),
        };
        let (pages, asked) = (server.pages.clone(), server.asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (pages, asked) = (pages.clone(), asked.clone());
                thread::spawn(move || serve(stream, &pages, &asked));
            }
        });
        server
    }

    fn put(&self, path: &str, status: u16, head: &str, body: impl Into<Vec<u8>>) {
        let mut pages = self.pages.lock().unwrap();
        pages.insert(path.to_owned(), (status, head.to_owned(), body.into()));
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

fn serve(mut stream: TcpStream, pages: &Pages, asked: &Mutex<Vec<(String, String)>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else {
        return;
    };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut agent = String::new();
    for line in lines.by_ref() {
        let Ok(line) = line else { return };
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("user-agent:") {
            value.trim().clone_into(&mut agent);
        }
    }
    asked.lock().unwrap().push((path.clone(), agent));
    if path == "/silent" {
        thread::sleep(Duration::from_secs(30));
        return;
    }
    let page = pages.lock().unwrap().get(&path).cloned();
    let (status, head, body) = page.unwrap_or((404, String::new(), b"nothing".to_vec()));
    let length = if head.contains("Content-Length") {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", body.len())
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\n{head}{length}Connection: close\r\n\r\n"
    );
    if path == "/drip" {
        for byte in body {
            if stream.write_all(&[byte]).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        return;
    }
    let _ = stream.write_all(&body);
}

const HTML: &str = "Content-Type: text/html\r\n";

fn fetcher() -> Fetcher {
    // A proxy of this machine would not know the loopback address of the test.
    Fetcher::new(Limits {
        time: Duration::from_secs(2),
        bytes: 1 << 20,
        redirects: 4,
    })
}

#[test]
fn redirects_are_followed_to_their_end_and_no_further() {
    let server = Server::start();
    server.put("/a", 301, "Location: /b\r\n", "");
    server.put("/b", 302, "Location: ../c?d=1\r\n", "");
    server.put("/c?d=1", 200, HTML, "here");
    server.put("/loop", 302, "Location: /loop\r\n", "");
    server.put("/file", 302, "Location: file:///etc/passwd\r\n", "");
    let mut fetcher = fetcher();
    let fetched = fetcher.fetch(&server.at("/a#part")).unwrap();
    assert_eq!(
        (fetched.address, fetched.bytes),
        (server.at("/c?d=1"), b"here".to_vec())
    );
    for path in ["/loop", "/file"] {
        let refused = fetcher.fetch(&server.at(path));
        assert!(
            matches!(refused, Err(FetchError::Redirect(..))),
            "{refused:?}"
        );
    }
    let asked = server.asked.lock().unwrap();
    assert!(
        asked.iter().all(|(_, agent)| agent.starts_with("diptych/")),
        "{asked:?}"
    );
    assert_eq!(
        asked
            .iter()
            .filter(|(path, _)| path == "/robots.txt")
            .count(),
        1
    );
}

#[test]
fn a_host_that_does_not_want_it_is_not_asked() {
    let server = Server::start();
    server.put(
        "/robots.txt",
        200,
        "",
        "User-agent: *\nDisallow: /private\n",
    );
    server.put("/private/a", 200, HTML, "secret");
    server.put("/go", 302, "Location: /private/a\r\n", "");
    let mut other = fetcher();
    for path in ["/private/a", "/go"] {
        let refused = other.fetch(&server.at(path)).unwrap_err();
        assert!(
            matches!(&refused, FetchError::Robots(_)) && refused.to_string().contains("robots.txt")
        );
    }
    assert!(
        server
            .asked
            .lock()
            .unwrap()
            .iter()
            .all(|(path, _)| path != "/private/a")
    );

    let broken = Server::start();
    broken.put("/robots.txt", 503, "", "");
    broken.put("/a", 200, HTML, "x");
    assert!(matches!(
        fetcher().fetch(&broken.at("/a")),
        Err(FetchError::NoRobots(..))
    ));
}

#[test]
fn time_and_size_are_bounded() {
    let server = Server::start();
    server.put("/drip", 200, HTML, vec![b'x'; 10_000]);
    server.put("/big", 200, HTML, vec![b'x'; 2 << 20]);
    server.put("/says-big", 200, "Content-Length: 99999999999\r\n", "x");
    let packed = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![0_u8; 1 << 20];
        for _ in 0..200 {
            encoder.write_all(&zeros).unwrap();
        }
        encoder.finish().unwrap()
    };
    server.put("/bomb", 200, "Content-Encoding: gzip\r\n", packed);
    for path in ["/silent", "/drip"] {
        let start = Instant::now();
        let refused = fetcher().fetch(&server.at(path));
        assert!(
            matches!(refused, Err(FetchError::Slow(..))),
            "{path}: {refused:?}"
        );
        assert!(start.elapsed() < Duration::from_secs(15));
    }
    for path in ["/big", "/says-big", "/bomb"] {
        let refused = fetcher().fetch(&server.at(path));
        assert!(
            matches!(refused, Err(FetchError::TooLarge(..))),
            "{path}: {refused:?}"
        );
    }
}

#[test]
fn packing_and_encoding_are_undone() {
    let server = Server::start();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(b"<p>packed").unwrap();
    server.put(
        "/gz",
        200,
        "Content-Encoding: gzip\r\n",
        encoder.finish().unwrap(),
    );
    server.put("/br", 200, "Content-Encoding: br\r\n", "xxxx");
    let (russian, _, _) = encoding_rs::WINDOWS_1251.encode("<p>Плотина</p>");
    server.put(
        "/ru",
        200,
        "Content-Type: text/html; charset=windows-1251\r\n",
        russian.into_owned(),
    );
    server.put(
        "/utf",
        200,
        "Content-Type: text/html; charset=iso-8859-1\r\n",
        "<p>caf\u{e9}",
    );
    let mut fetcher = fetcher();
    assert_eq!(
        fetcher.fetch(&server.at("/gz")).unwrap().bytes,
        b"<p>packed"
    );
    assert_eq!(
        fetcher.fetch(&server.at("/ru")).unwrap().bytes,
        "<p>Плотина</p>".as_bytes()
    );
    assert_eq!(
        fetcher.fetch(&server.at("/utf")).unwrap().bytes,
        "<p>café".as_bytes()
    );
    assert!(matches!(
        fetcher.fetch(&server.at("/br")),
        Err(FetchError::Packed(..))
    ));
    let missing = fetcher
        .fetch(&server.at("/missing"))
        .unwrap_err()
        .to_string();
    assert!(missing.contains("404: there is no such page"), "{missing}");
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let refused = fetcher
        .fetch(&format!("http://{closed}/"))
        .unwrap_err()
        .to_string();
    assert!(refused.contains("127.0.0.1"), "{refused}");
}

fn diptych(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "DIPTYCH_CORPUS",
        "SSL_CERT_FILE",
    ] {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

const ARTICLE: &str = "<!doctype html><html><head><title>The dam breaks | The Herald</title><link rel=canonical href='https://elsewhere.example/x'></head><body>\
<nav><a href='/'>Home</a></nav><article><h1>The dam breaks</h1><p>The dam above the town broke at night, and the water took the old bridge with it, the council said.</p>\
<p>Nobody had looked after it since the war, said <a href='/people/field'>Ada Field</a>, who lives below it and heard the water before she saw it.</p></article></body></html>";

#[test]
fn a_page_is_imported_by_its_address() {
    let server = Server::start();
    server.put("/news/dam", 200, HTML, ARTICLE);
    let room = tempfile::tempdir().unwrap();
    let into = room.path().join("mine");
    let into = into.to_str().unwrap();
    let address = server.at("/news/dam");
    let output = diptych(&[
        "import",
        &address,
        &server.at("/gone"),
        "--into",
        into,
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows[0]["outcome"], "imported", "{rows}");
    assert_eq!(rows[1]["outcome"], "failed");
    assert!(rows[1]["reason"].as_str().unwrap().contains("404"));
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["input", "outcome", "document", "reason", "notices"]);
    let path = format!("{into}/{}.md", rows[0]["document"].as_str().unwrap());
    let text = fs::read_to_string(path).unwrap();
    assert!(
        text.contains(&format!("url: \"{address}\"")) || text.contains(&format!("url: {address}")),
        "{text}"
    );
    assert!(text.contains(&server.at("/people/field")), "{text}");
    let body = text.splitn(3, "---\n").nth(2).unwrap();
    assert!(!body.contains("Home"), "{body}");
}

#[test]
fn update_brings_in_new_entries_only() {
    let server = Server::start();
    let feed = |items: &[u32]| {
        let items: String = items
            .iter()
            .map(|at| format!("<item><title>Day {at}</title><guid>https://h.example/{at}</guid><description>What happened on day {at}.</description></item>"))
            .collect();
        format!(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>The Herald</title>{items}</channel></rss>"
        )
    };
    server.put(
        "/feed",
        200,
        "Content-Type: application/rss+xml\r\n",
        feed(&[1, 2]),
    );
    server.put("/page", 200, HTML, ARTICLE);
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("mine");
    fs::create_dir(&folder).unwrap();
    let shown = folder.to_str().unwrap();
    fs::write(
        folder.join("corpus.toml"),
        format!("title = \"Mine\"\n[[source]]\nid = \"herald\"\ntitle = \"Herald\"\n[[feed]]\nurl = \"{}\"\nsource = \"herald\"\n", server.at("/feed")),
    )
    .unwrap();
    let said = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let output = diptych(&["update", shown]);
    assert!(output.status.success(), "{output:?}");
    assert!(said(&output).starts_with("2 imported"), "{output:?}");
    // One has been read, renamed and changed meanwhile; the feed has moved on.
    let first = folder.join("day-1.md");
    let text = fs::read_to_string(&first).unwrap();
    assert!(text.contains("source: herald"), "{text}");
    fs::write(
        folder.join("my-notes.md"),
        text.replace("Day 1", "Another title"),
    )
    .unwrap();
    fs::remove_file(&first).unwrap();
    server.put(
        "/feed",
        200,
        "Content-Type: application/rss+xml\r\n",
        feed(&[3, 2, 1]),
    );
    let output = diptych(&["update", shown]);
    assert!(
        said(&output).starts_with("1 imported, 2 already there"),
        "{output:?}"
    );
    let output = diptych(&["check", shown]);
    assert!(output.status.success(), "{output:?}");

    fs::write(
        folder.join("corpus.toml"),
        format!(
            "[[feed]]\nurl = \"{}\"\n[[feed]]\nurl = \"{}\"\n",
            server.at("/page"),
            server.at("/feed")
        ),
    )
    .unwrap();
    let output = diptych(&["update", shown]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("no feed"),
        "{output:?}"
    );
    assert!(said(&output).contains("1 failed"));
    fs::write(
        folder.join("corpus.toml"),
        "[[feed]]\nurl = \"ftp://x\"\nname = \"y\"\n",
    )
    .unwrap();
    let problems = String::from_utf8_lossy(&diptych(&["check", shown]).stdout).into_owned();
    assert!(
        problems.contains("https:// or http://") && problems.contains("`name` is not known"),
        "{problems}"
    );
}

/// Serves a folder by TLS, with a certificate that it vouches for itself; says its port first.
const TLS_SERVER: &str = "
import http.server, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('certificate.pem', 'key.pem')
server = http.server.HTTPServer(('127.0.0.1', 0), http.server.SimpleHTTPRequestHandler)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
";

/// Ends when the test does.
struct Serving(std::process::Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_safe_connection_is_made_only_to_whom_somebody_trusted_vouches_for() {
    let room = tempfile::tempdir().unwrap();
    fs::write(room.path().join("dam.html"), ARTICLE).unwrap();
    let made = Command::new("openssl")
        .args("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost".split(' '))
        .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", "key.pem", "-out", "certificate.pem"])
        .current_dir(room.path())
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        println!("skipped: openssl is not installed");
        return;
    }
    let server = Command::new("python3")
        .args(["-c", TLS_SERVER])
        .current_dir(room.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn();
    let Ok(server) = server else {
        println!("skipped: python3 is not installed");
        return;
    };
    let mut serving = Serving(server);
    let mut port = String::new();
    let said = serving.0.stdout.as_mut().unwrap();
    BufReader::new(said).read_line(&mut port).unwrap();
    let address = format!("https://127.0.0.1:{}/dam.html", port.trim());
    let into = room.path().join("mine");
    let import = |trusted: Option<&str>| {
        let mut command = command(&["import", &address, "--into", into.to_str().unwrap()]);
        if let Some(file) = trusted {
            command.env("SSL_CERT_FILE", room.path().join(file));
        }
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    };
    let (is_in, said) = import(None);
    assert!(!is_in);
    assert!(said.contains("no safe connection to 127.0.0.1"), "{said}");
    let (is_in, said) = import(Some("dam.html"));
    assert!(!is_in);
    assert!(said.contains("there is no certificate in it"), "{said}");
    let (is_in, said) = import(Some("gone.pem"));
    assert!(!is_in);
    assert!(
        said.contains("SSL_CERT_FILE names") && said.contains("gone.pem"),
        "{said}"
    );
    let (is_in, said) = import(Some("certificate.pem"));
    assert!(is_in, "{said}");
    let texts = fs::read_dir(&into).unwrap().flatten();
    let texts = texts.filter_map(|file| fs::read_to_string(file.path()).ok());
    let texts: String = texts.collect();
    assert!(texts.contains("The dam above the town broke"), "{texts}");
}
