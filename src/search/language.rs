//! In which language a text is written.

use whatlang::Lang;

/// Characters that are looked at; more tell little more.
const LOOKED_AT: usize = 200;

/// Tells the language of a text (ISO 639-1), where that is plain.
pub fn language(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    let info = whatlang::detect(&text[..end])?;
    if info.is_reliable() { code(info.lang()) } else { None }
}

/// Gives the code of two letters, where the language has one.
#[rustfmt::skip]
fn code(lang: Lang) -> Option<&'static str> {
    const CODES: &[(Lang, &str)] = &[
        (Lang::Epo, "eo"), (Lang::Eng, "en"), (Lang::Rus, "ru"), (Lang::Cmn, "zh"), (Lang::Spa, "es"),
        (Lang::Por, "pt"), (Lang::Ita, "it"), (Lang::Ben, "bn"), (Lang::Fra, "fr"), (Lang::Deu, "de"),
        (Lang::Ukr, "uk"), (Lang::Kat, "ka"), (Lang::Ara, "ar"), (Lang::Hin, "hi"), (Lang::Jpn, "ja"),
        (Lang::Heb, "he"), (Lang::Yid, "yi"), (Lang::Pol, "pl"), (Lang::Amh, "am"), (Lang::Jav, "jv"),
        (Lang::Kor, "ko"), (Lang::Nob, "no"), (Lang::Dan, "da"), (Lang::Swe, "sv"), (Lang::Fin, "fi"),
        (Lang::Tur, "tr"), (Lang::Nld, "nl"), (Lang::Hun, "hu"), (Lang::Ces, "cs"), (Lang::Ell, "el"),
        (Lang::Bul, "bg"), (Lang::Bel, "be"), (Lang::Mar, "mr"), (Lang::Kan, "kn"), (Lang::Ron, "ro"),
        (Lang::Slv, "sl"), (Lang::Hrv, "hr"), (Lang::Srp, "sr"), (Lang::Mkd, "mk"), (Lang::Lit, "lt"),
        (Lang::Lav, "lv"), (Lang::Est, "et"), (Lang::Tam, "ta"), (Lang::Vie, "vi"), (Lang::Urd, "ur"),
        (Lang::Tha, "th"), (Lang::Guj, "gu"), (Lang::Uzb, "uz"), (Lang::Pan, "pa"), (Lang::Aze, "az"),
        (Lang::Ind, "id"), (Lang::Tel, "te"), (Lang::Pes, "fa"), (Lang::Mal, "ml"), (Lang::Ori, "or"),
        (Lang::Mya, "my"), (Lang::Nep, "ne"), (Lang::Sin, "si"), (Lang::Khm, "km"), (Lang::Tuk, "tk"),
        (Lang::Aka, "ak"), (Lang::Zul, "zu"), (Lang::Sna, "sn"), (Lang::Afr, "af"), (Lang::Lat, "la"),
        (Lang::Slk, "sk"), (Lang::Cat, "ca"), (Lang::Tgl, "tl"), (Lang::Hye, "hy"), (Lang::Cym, "cy"),
    ];
    CODES.iter().find(|(other, _)| *other == lang).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_letters_and_their_words() {
        let table = [
            ("The delegations met again on Sunday, and nobody would say what had been agreed.", Some("en")),
            (
                "Die Delegationen trafen sich am Sonntag erneut, und niemand wollte sagen, was vereinbart wurde.",
                Some("de"),
            ),
            ("代表団は日曜日に再び会ったが、何が合意されたかは誰も言わなかった。", Some("ja")),
            ("", None),
            ("12345", None),
        ];
        for (text, expected) in table {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
