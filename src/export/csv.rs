//! Tables as CSV for spreadsheets: RFC 4180, in UTF-8, a head first.
//!
//! Invariant: what a document says is never a formula. A field that starts with `=`, `+`, `-`, `@`, a tab or a carriage
//! return gets a `'` before it, as OWASP advises against CSV injection; our own numbers are fields too, and are never
//! negative. Control characters are made visible, line breaks are spaces: a row is one line.

use crate::text::safe;

/// A table, without the end of its last line.
pub fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let head = head.iter().map(|&name| name.to_owned()).collect();
    let lines: Vec<String> = std::iter::once(head)
        .chain(rows)
        .map(|row: Vec<String>| line(&row))
        .collect();
    lines.join("\r\n")
}

/// One row, without its end.
fn line(row: &[String]) -> String {
    let fields: Vec<String> = row.iter().map(|field| self::field(field)).collect();
    fields.join(",")
}

fn field(text: &str) -> String {
    let shown = safe::line(text);
    // Also after spaces, which some programs skip. A tab or a return at the start has become a space by now.
    let is_formula =
        text.starts_with(['\t', '\r']) || shown.trim_start().starts_with(['=', '+', '-', '@']);
    let guard = if is_formula { "'" } else { "" };
    if shown.contains([',', '"']) || shown.starts_with(' ') || shown.ends_with(' ') {
        format!("\"{guard}{}\"", shown.replace('"', "\"\""))
    } else {
        format!("{guard}{shown}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a line as a spreadsheet does.
    fn read(line: &str) -> Vec<String> {
        let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    field.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(std::mem::take(&mut field)),
                other => field.push(other),
            }
        }
        fields.push(field);
        fields
    }

    #[test]
    fn fields_come_back_as_they_were() {
        let row = [
            "plain",
            "a, b",
            "she said \"no\"",
            "",
            "“Geh!”",
            "خانم",
            " a ",
            ",",
        ];
        let row = row.map(str::to_owned);
        assert_eq!(read(&line(&row)), row);
    }

    #[test]
    fn no_field_is_a_formula() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "=HYPERLINK(\"x\",\"y\")",
        ] {
            let read = read(&line(&[text.to_owned()]));
            assert!(read[0].starts_with('\''), "{text}");
        }
        assert_eq!(field("a=b"), "a=b");
    }

    #[test]
    fn a_row_is_one_line_and_commands_no_terminal() {
        let line = line(&["a\nb\r\nc\u{1b}[2J".to_owned()]);
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }

    proptest::proptest! {
        #[test]
        fn any_fields_keep_their_number(row in proptest::collection::vec("[ -~é中\n\"',=+@\t]{0,8}", 1..6)) {
            proptest::prop_assert_eq!(read(&line(&row)).len(), row.len());
        }
    }
}
