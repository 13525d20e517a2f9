//! A small check that a page is well formed: every element that is opened is closed, in order.

/// Elements without content.
const VOID: [&str; 4] = ["meta", "input", "br", "rect"];

/// Cells and rows of a table may leave their end tags out (HTML, section 13.1.2.4).
fn close_implied(open: &mut Vec<String>, names: &[&str]) {
    while open.last().is_some_and(|name| names.contains(&name.as_str())) {
        open.pop();
    }
}

/// The text of the page outside of style and script; panics where the markup does not add up.
pub(crate) fn text_of(page: &str) -> String {
    let mut open: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a page says what it is");
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let end = start + rest[start..].find('>').expect("an element ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            close_implied(
                &mut open,
                if name == "thead" || name == "tbody" { &["td", "th", "tr"] } else { &[] },
            );
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "near {:?}",
                text.chars().rev().take(80).collect::<String>()
            );
            text.push(' ');
            continue;
        }
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default().to_owned();
        match name.as_str() {
            "td" | "th" => close_implied(&mut open, &["td", "th"]),
            "tr" => close_implied(&mut open, &["td", "th", "tr"]),
            _ => {}
        }
        assert!(tag.matches('"').count().is_multiple_of(2), "quotes of <{tag}>");
        if name == "style" || name == "script" {
            let close = format!("</{name}>");
            let at = rest.find(&close).expect("it ends");
            rest = &rest[at + close.len()..];
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#160;", "\u{a0}")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}
