//! Texts made comparable, and cut for messages.

/// At most sixty characters on one line.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if one_line.chars().count() <= LONGEST {
        return one_line;
    }
    let mut cut: String = one_line.chars().take(LONGEST - 1).collect();
    cut.push('…');
    cut
}

/// Small letters and digits with one space between words; Kazakh letters stay, ё is е.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = if c == 'ё' { 'е' } else { c };
        if c.is_alphanumeric() {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// As [`plain`], with Kazakh letters written as the Russian ones that stand for them in older lists, and without spaces:
/// `Қараауыл` and `Карааул` still differ, `Ақсуат` and `Аксуат` do not.
pub(crate) fn folded(text: &str) -> String {
    plain(text)
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| match c {
            'ә' => 'а',
            'ғ' => 'г',
            'қ' => 'к',
            'ң' => 'н',
            'ө' => 'о',
            'ұ' | 'ү' => 'у',
            'һ' => 'х',
            'і' | 'й' => 'и',
            other => other,
        })
        .collect()
}
