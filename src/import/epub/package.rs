//! What a book says of itself: its metadata, its files in reading order, its table of contents.
//!
//! Invariant: a book whose tables are broken or missing still has an order: that of what is left of them, else that of its file names.

use super::{Refusal, decoded};
use crate::corpus::Date;
use crate::import::archive::Archive;
use crate::import::html;
use crate::import::xml::{self, Element, Xml};
use std::collections::HashMap;

/// Bytes of a table.
const MAX_TABLE: u64 = 16 << 20;
/// Files of a book, and entries of its table of contents.
pub(super) const MAX_FILES: usize = 10_000;
/// Authors of a book.
const MAX_AUTHORS: usize = 20;

/// What a book says of itself.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub date: Option<Date>,
    pub language: Option<String>,
    pub url: Option<String>,
    /// Its files in reading order: places in the archive.
    pub files: Vec<usize>,
    pub entries: Vec<Entry>,
    /// What is wrong with its tables.
    pub remarks: Vec<String>,
}

/// An entry of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub title: String,
    /// Entries around it.
    pub depth: u8,
    /// Place in the archive of the file it points into.
    pub file: usize,
    /// The place in it, where one is named.
    pub place: Option<String>,
}

/// The archive's names, and how tables refer to them.
struct Names {
    all: Vec<String>,
    exact: HashMap<String, usize>,
    /// In lower case, for tables made on systems that ignore case.
    folded: HashMap<String, usize>,
}

impl Names {
    fn new(all: Vec<String>) -> Self {
        let by = |key: &dyn Fn(&str) -> String| {
            let mut map = HashMap::new();
            for (at, name) in all.iter().enumerate() {
                map.entry(key(name)).or_insert(at);
            }
            map
        };
        let exact = by(&str::to_owned);
        let folded = by(&str::to_lowercase);
        Self { all, exact, folded }
    }

    /// The file that `reference`, found in a table in `folder`, means.
    fn find(&self, folder: &str, reference: &str) -> Option<usize> {
        let path = reference.split('#').next().unwrap_or_default();
        [path.to_owned(), percent_decoded(path)]
            .iter()
            .flat_map(|path| [joined(folder, path), joined("", path)])
            .find_map(|path| {
                let exact = self.exact.get(&path);
                exact
                    .or_else(|| self.folded.get(&path.to_lowercase()))
                    .copied()
            })
    }
}

/// Reads the tables of a book.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Package, Refusal> {
    let names = Names::new(archive.names());
    let mut package = Package::default();
    if let Some(at) = names.find("", "META-INF/encryption.xml")
        && let Some(table) = table(archive, at)
        && is_protected(&table, &names)
    {
        return Err(Refusal::Not(
            "the book is protected against copying (DRM), so its text cannot be read",
        ));
    }
    let place = names
        .find("", "META-INF/container.xml")
        .and_then(|at| table(archive, at))
        .and_then(|table| {
            let path = table.root.find("rootfile")?.attribute("full-path")?;
            names.find("", path)
        })
        .or_else(|| {
            let is_package = |name: &String| name.to_lowercase().ends_with(".opf");
            let found = names.all.iter().position(is_package);
            package
                .remarks
                .push("the book does not say where its table of files is".to_owned());
            found
        });
    if let Some(at) = place
        && let Some(table) = table(archive, at)
    {
        let folder = folder(&names.all[at]);
        if let Some(broken) = table.broken {
            package
                .remarks
                .push(format!("the book's table of files is damaged: {broken}"));
        }
        package.take(archive, &table.root, folder, &names);
    }
    if package.files.is_empty() {
        package
            .remarks
            .push("the book's order of reading is missing: its files follow by name".to_owned());
        package.files = by_name(&names.all);
    }
    package.files.truncate(MAX_FILES);
    Ok(package)
}

fn table(archive: &mut Archive<'_>, at: usize) -> Option<Xml> {
    let bytes = archive.read(at, MAX_TABLE).ok()?;
    Some(xml::parse(&decoded(&bytes)))
}

/// Whether texts are encrypted; fonts often are, which does not matter.
fn is_protected(table: &Xml, names: &Names) -> bool {
    let mut references = Vec::new();
    collect(&table.root, "CipherReference", &mut references);
    references
        .iter()
        .filter_map(|reference| reference.attribute("URI"))
        .filter_map(|uri| names.find("", uri))
        .any(|at| is_text_name(&names.all[at]))
}

fn collect<'e>(element: &'e Element, name: &str, into: &mut Vec<&'e Element>) {
    for child in element.elements() {
        if child.local().eq_ignore_ascii_case(name) {
            into.push(child);
        }
        collect(child, name, into);
    }
}

impl Package {
    fn take(&mut self, archive: &mut Archive<'_>, root: &Element, folder: &str, names: &Names) {
        if let Some(metadata) = root.find("metadata") {
            // EPUB 2 allows for one more element around them.
            self.take_metadata(metadata);
            if let Some(inner) = metadata.first("dc-metadata") {
                self.take_metadata(inner);
            }
        }
        let manifest: Vec<&Element> = root
            .find("manifest")
            .map(|manifest| manifest.all("item").take(MAX_FILES).collect())
            .unwrap_or_default();
        let by_id: HashMap<&str, &Element> = manifest
            .iter()
            .rev()
            .filter_map(|item| Some((item.attribute("id")?, *item)))
            .collect();
        let place = |item: &Element| names.find(folder, item.attribute("href")?);
        let spine = root.find("spine");
        let mut missing = 0;
        for reference in spine
            .iter()
            .flat_map(|spine| spine.all("itemref"))
            .take(MAX_FILES)
        {
            let item = reference.attribute("idref").and_then(|id| by_id.get(id));
            match item.and_then(|item| place(item)) {
                Some(at) if !self.files.contains(&at) => self.files.push(at),
                Some(_) => {}
                None => missing += 1,
            }
        }
        if missing > 0 {
            self.remarks.push(format!(
                "{missing} of the chapters that the book names are not in it"
            ));
        }
        if self.files.is_empty() {
            let texts = manifest.iter().filter(|item| {
                item.attribute("media-type")
                    .is_some_and(|kind| kind.contains("html"))
            });
            self.files = texts.filter_map(|item| place(item)).collect();
        }
        let is_nav = |item: &&&Element| {
            item.attribute("properties")
                .is_some_and(|all| all.split_whitespace().any(|one| one == "nav"))
        };
        let ncx = spine
            .and_then(|spine| by_id.get(spine.attribute("toc")?))
            .or_else(|| {
                manifest
                    .iter()
                    .find(|item| item.attribute("media-type") == Some("application/x-dtbncx+xml"))
            });
        for item in manifest.iter().find(is_nav).into_iter().chain(ncx) {
            if let Some(at) = place(item)
                && self.entries.is_empty()
                && let Some(table) = table(archive, at)
            {
                self.take_contents(&table.root, self::folder(&names.all[at]), names);
            }
        }
    }

    fn take_metadata(&mut self, metadata: &Element) {
        let texts = |name: &'static str| {
            metadata
                .all(name)
                .map(|element| html::bare(&element.text()))
                .filter(|text| !text.is_empty())
        };
        self.title = self.title.take().or_else(|| texts("title").next());
        self.publisher = self.publisher.take().or_else(|| texts("publisher").next());
        self.language = self.language.take().or_else(|| {
            let tag = texts("language").next()?;
            let main = tag.split(['-', '_']).next()?.to_lowercase();
            (main.len() == 2).then_some(main)
        });
        if self.date.is_none() {
            let is_other = |element: &Element| {
                element
                    .attribute("event")
                    .is_some_and(|event| !event.contains("publication"))
            };
            self.date = metadata
                .all("date")
                .filter(|element| !is_other(element))
                .find_map(|element| day(&element.text()));
        }
        if self.authors.is_empty() {
            let is_author = |element: &&Element| {
                let role = element.attribute("role");
                role.is_none_or(|role| matches!(role, "aut" | "" | "edt"))
            };
            self.authors = metadata
                .all("creator")
                .filter(is_author)
                .map(|element| html::bare(&element.text()))
                .filter(|name| !name.is_empty())
                .take(MAX_AUTHORS)
                .collect();
        }
        self.url = self.url.take().or_else(|| {
            let is_address =
                |text: &String| text.starts_with("https://") || text.starts_with("http://");
            texts("identifier").chain(texts("source")).find(is_address)
        });
    }

    /// Reads a table of contents: the navigation of EPUB 3, or the NCX of EPUB 2.
    fn take_contents(&mut self, root: &Element, folder: &str, names: &Names) {
        if let Some(map) = root.find("navMap") {
            self.take_points(map, 0, folder, names);
            return;
        }
        let mut navs = Vec::new();
        collect(root, "nav", &mut navs);
        let is_contents = |nav: &&&Element| {
            nav.attribute("epub:type")
                .or_else(|| nav.attribute("type"))
                .is_some_and(|kind| kind.split_whitespace().any(|one| one == "toc"))
        };
        let contents = navs.iter().find(is_contents).or_else(|| navs.first());
        if let Some(list) = contents.and_then(|nav| nav.find("ol")) {
            self.take_list(list, 0, folder, names);
        }
    }

    fn take_points(&mut self, points: &Element, depth: u8, folder: &str, names: &Names) {
        for point in points.all("navPoint") {
            let title = point.first("navLabel").map(Element::text);
            let reference = point
                .first("content")
                .and_then(|content| content.attribute("src"));
            self.enter(title, reference, depth, folder, names);
            self.take_points(point, depth.saturating_add(1), folder, names);
        }
    }

    fn take_list(&mut self, list: &Element, depth: u8, folder: &str, names: &Names) {
        for entry in list.all("li") {
            if let Some(link) = entry.first("a") {
                let reference = link.attribute("href");
                self.enter(Some(link.text()), reference, depth, folder, names);
            }
            if let Some(inner) = entry.first("ol") {
                self.take_list(inner, depth.saturating_add(1), folder, names);
            }
        }
    }

    fn enter(
        &mut self,
        title: Option<String>,
        reference: Option<&str>,
        depth: u8,
        folder: &str,
        names: &Names,
    ) {
        let title = html::bare(&title.unwrap_or_default());
        let file = reference.and_then(|reference| names.find(folder, reference));
        let (Some(file), Some(reference)) = (file, reference) else {
            return;
        };
        if title.is_empty() || self.entries.len() >= MAX_FILES {
            return;
        }
        let place = reference
            .split_once('#')
            .map(|(_, place)| percent_decoded(place))
            .filter(|place| !place.is_empty());
        self.entries.push(Entry {
            title,
            depth,
            file,
            place,
        });
    }
}

/// The day, month or year that a date of the metadata begins with.
fn day(text: &str) -> Option<Date> {
    let date: Date = text.split('T').next()?.trim().parse().ok()?;
    (date.year >= 1000).then_some(date)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path inside the archive; what leads out of it stays at its top.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let absolute = path.starts_with('/');
    let folder = folder.split('/').filter(|_| !absolute);
    for part in folder.chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let value = match (first, after) {
            (b'%', [a, b, ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                digit(a).zip(digit(b)).map(|(a, b)| (a * 16 + b) as u8)
            }
            _ => None,
        };
        rest = if value.is_some() { &after[2..] } else { after };
        bytes.push(value.unwrap_or(*first));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_text_name(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xhtml", ".html", ".htm"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// The files that read as chapters, in the order of their names, numbers by their value.
fn by_name(names: &[String]) -> Vec<usize> {
    let key = |name: &str| -> Vec<(u64, String)> {
        let mut parts = vec![(0_u64, String::new())];
        for c in name.chars() {
            let last = parts.last_mut().expect("there is always one");
            match c.to_digit(10) {
                Some(digit) if last.1.is_empty() => {
                    last.0 = last.0.saturating_mul(10).saturating_add(u64::from(digit));
                }
                Some(digit) => parts.push((u64::from(digit), String::new())),
                None => last.1.push(c),
            }
        }
        parts
    };
    let mut files: Vec<usize> = (0..names.len())
        .filter(|at| is_text_name(&names[*at]))
        .collect();
    files.sort_by_cached_key(|at| key(&names[*at]));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_inside_the_archive() {
        assert_eq!(
            joined("OEBPS/text", "../images/a.jpg"),
            "OEBPS/images/a.jpg"
        );
        assert_eq!(joined("OEBPS", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(joined("OEBPS", "/a//./b"), "a/b");
        assert_eq!(percent_decoded("a%20b%C3%A9%4"), "a bé%4");
    }

    #[test]
    fn names_are_sorted_by_their_numbers() {
        let names: Vec<String> = ["c10.html", "c2.xhtml", "cover.jpg", "c1.html"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(by_name(&names), [3, 1, 0]);
    }
}
