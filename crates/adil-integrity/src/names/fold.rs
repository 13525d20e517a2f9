//! One alphabet for three languages: Kazakh, Russian and Latin letters that stand for one sound become one letter.

/// Ways to write one sound in Latin letters.
const WAYS: [(&str, &str); 8] =
    [("zh", "j"), ("dj", "j"), ("kh", "h"), ("ts", "c"), ("q", "k"), ("w", "v"), ("y", "i"), ("ii", "i")];

/// Small letters of one alphabet, words parted by single spaces.
///
/// Kazakh letters become what their Russian neighbours become, so that a name typed without them is the same name, and
/// the usual ways to write a sound in Latin letters become one. Folding what is folded changes nothing.
pub fn fold(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        match c {
            'ә' => latin.push('a'),
            'ғ' => latin.push('g'),
            'қ' => latin.push('k'),
            'ң' => latin.push('n'),
            'ө' => latin.push('o'),
            'ұ' | 'ү' => latin.push('u'),
            'һ' | 'х' => latin.push('h'),
            'і' | 'ы' | 'й' => latin.push('i'),
            'ё' | 'э' => latin.push('e'),
            'ж' => latin.push('j'),
            'ц' => latin.push('c'),
            'ю' => latin.push_str("iu"),
            'я' => latin.push_str("ia"),
            'ъ' | 'ь' | '\'' | '’' | 'ʼ' | '`' => {}
            c if c.is_alphanumeric() => latin.push_str(any_ascii::any_ascii_char(c)),
            _ => latin.push(' '),
        }
    }
    latin.make_ascii_lowercase();
    // Until nothing changes: what one step leaves may be what another one takes.
    while let Some((many, one)) = WAYS.iter().find(|(many, _)| latin.contains(many)) {
        latin = latin.replace(many, one);
    }
    latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A folded word without what spelling adds to its sound: doubled letters, `ye` for `e`, `x` for `ks`.
pub(super) fn sound(folded: &str) -> String {
    let mut word = folded.to_owned();
    for (many, one) in
        [("x", "ks"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("shch", "sh"), ("sch", "sh"), ("gh", "g")]
    {
        if word.contains(many) {
            word = word.replace(many, one);
        }
    }
    if let Some(rest) = word.strip_prefix("ie") {
        word = format!("e{rest}");
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) || c.is_ascii_digit() {
            out.push(c);
        }
    }
    out
}

/// The consonants of a word after its first letter: vowels are what languages disagree on.
pub(super) fn skeleton(word: &str) -> String {
    word.char_indices().filter(|(at, c)| *at == 0 || !is_vowel(*c)).map(|(_, c)| c).collect()
}

pub(super) const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
