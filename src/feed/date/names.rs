//! The words of dates in the languages that feeds are written in: months, weekdays, halves of the day.
//!
//! A name is given by its stem: what all its cases and abbreviations begin with, in lower case and without accents.
//! The longest stem decides (`mart` in `marti` is March, all of it a Romanian Tuesday). Stems of two Latin letters
//! must be the whole word.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

/// From January on: Latin, Greek, Cyrillic, Hebrew and Arabic, Indian, Thai, Chinese.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "jan ene gen ian xan sty led sijec ocak tammi saus jaan ιαν янв яну січ студз јан ינואר يناير جانفي ژانویه जन জানু มกรา 一月",
    "feb fev veeb lut unor velj subat helmi vasari φεβ фев лют феб פברואר فبراير فيفري فوریه फर ফেব্রু กุมภา 二月",
    "mar marc mars mart marz mare martie mrt maart maali brez ozuj kov mac μαρ мар берез сакав מרץ מרס مارس मार्च মার্চ มีนา 三月",
    "apr abr avr kwi dub trav nis huhti balan απρ апр квіт кві крас אפריל ابريل افريل اوریل अप्र এপ্র เมษา 四月",
    "may mai maj mei mag kve svib touko geg μαι маи мая трав мај מאי مايو ماي مه मई মে พฤษภา 五月",
    "jun juin jui giu iun cze cerv lipanj lipnj haz kesa birz juun ιουν июн черв чэрв юни јун יוני يونيو جوان ژوئن जून জুন มิถุนา 六月",
    "jul juil lug iul lip cervenec cervenc srpanj srpnj tem heina liep juul ιουλ июл лип ліп юли јул יולי يوليو جويلية ژوئیه जुला জুলা กรกฎา 七月",
    "aug ago aou agu ogos sie srp kolov elo rugp αυγ авг серп сер жні אוגוסט اغسطس اوت अग আগ สิงหา 八月",
    "sep set wrz zari ruj eyl syys rugs szept σεπ сен вер сеп ספטמבר سبتمبر سپتامبر सित সেপ্ট กันยา 九月",
    "oct okt ott out paz pazdz rij eki loka spal οκτ окт жов кастр אוקטובר اكتوبر اکتبر अक्ट अक्त অক্ট ตุลา 十月",
    "nov noi lis studen kas marras lapk νοε ноя ное нов лис ліст נובמבר نوفمبر نوامبر नव নভে พฤศจิ 十一月",
    "dec dic dez des dis gru prosin ara joulu dets δεκ дек дец груд снеж דצמבר ديسمبر دسامبر दिस ডিসে ธันวา 十二月",
];

/// From Monday on.
#[rustfmt::skip]
const WEEKDAYS: [&str; 7] = [
    "mon mo lun seg ma maand maanan mand pon hetf pazartes senin δευ пон пн 周一 週一 星期一 月曜 월",
    "tue tu di die mar mardi martes martedi marti ter din tir tis wt ut uter kedd sal selasa τρι вт вто вів 周二 週二 星期二 火曜 화",
    "wed we mi mit mer mie qua wo woe ons sro str sred kesk szerd cars rabu τετ ср серед 周三 週三 星期三 水曜 수",
    "thu th do don jue jeu gio joi qui tors czw ctvr csut pers kamis πεμ чт чет 周四 週四 星期四 木曜 목",
    "fri fr fre vie ven sex vri per pia pat pent cuma jumat παρ пт пят пет 周五 週五 星期五 金曜 금",
    "sat sa sam sab za zat lor lau sob szomb cumartes σαβ сб суб 周六 週六 星期六 土曜 토",
    "sun su so son dom dim duminica zo zon sond sunn nie ned vasarn pazar minggu κυρ вс вос нед 周日 週日 星期日 星期天 日曜 일",
];

/// Words for the half of the day before noon, and for the one after it.
const HALVES: [&str; 2] = ["am 오전 上午 午前 πμ", "pm 오후 下午 午後 μμ"];

/// Letters with accents, behind the one that they are read as.
#[rustfmt::skip]
const ACCENTS: [&str; 28] = [
    "aàáâãäåāăą", "cçćčċ", "dďđ", "eèéêëēėęě", "gğģ", "iìíîïīįı", "kķ", "lłļľĺ", "nñńņň", "oòóôõöøōő", "rřŕ", "sśşšș",
    "tťţț", "uùúûüūůűų", "yýÿ", "zźżž", "αά", "εέ", "ηή", "ιίϊΐ", "οό", "υύϋΰ", "ωώ", "σς", "еёѐ", "ий", "اأإآ", "फ\u{95e}",
];

/// No stem has more characters.
const LONGEST: usize = 12;

/// A half of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Half {
    /// Before noon.
    Morning,
    /// From noon on.
    Afternoon,
}

/// What a word names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Name {
    /// A month, from 1 on.
    Month(i8),
    /// A month, from 1 on, or a weekday: `mar` is March, or Tuesday.
    MonthOrWeekday(i8),
    /// A weekday.
    Weekday(Weekday),
    /// The half of the day that a time is in.
    Half(Half),
}

/// All stems, for finding the longest one fast.
static NAMES: LazyLock<HashMap<&str, Name>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let stems = |lines: &[&'static str]| -> Vec<(i8, &'static str)> {
        (1..).zip(lines).flat_map(|(line, stems)| stems.split(' ').map(move |stem| (line, stem))).collect()
    };
    names.extend(stems(&MONTHS).into_iter().map(|(month, stem)| (stem, Name::Month(month))));
    for (day, stem) in stems(&WEEKDAYS) {
        let weekday = Weekday::from_monday_one_offset(day).expect("a week has seven days");
        let name = match names.get(stem) {
            Some(Name::Month(month)) => Name::MonthOrWeekday(*month),
            _ => Name::Weekday(weekday),
        };
        names.insert(stem, name);
    }
    for (half, stem) in stems(&HALVES) {
        names.insert(stem, Name::Half(if half == 1 { Half::Morning } else { Half::Afternoon }));
    }
    names
});

/// Finds what a word names in any of the languages.
pub(super) fn name(word: &str) -> Option<Name> {
    if word.len() < 2 {
        return None;
    }
    let word = fold(word);
    let ends = word.char_indices().map(|(at, _)| at).skip(1).chain([word.len()]);
    let ends: Vec<usize> = ends.take(LONGEST).collect();
    ends.into_iter().rev().find_map(|end| {
        let name = NAMES.get(&word[..end])?;
        let is_whole = end == word.len();
        (is_whole || end > 2 && !matches!(name, Name::Half(_))).then_some(*name)
    })
}

/// Writes a word in lower case and without accents.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let is_accent = |character: &char| matches!(character, '\u{300}'..='\u{36f}' | '\u{93c}');
    word.chars().flat_map(char::to_lowercase).filter(|character| !is_accent(character)).map(base).collect()
}

fn base(character: char) -> char {
    if character.is_ascii() {
        return character;
    }
    let letters = ACCENTS.iter().find(|letters| letters.contains(character));
    letters.and_then(|letters| letters.chars().next()).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stem_is_folded() {
        let tables = MONTHS.iter().chain(&WEEKDAYS).chain(&HALVES);
        for stem in tables.flat_map(|line| line.split(' ')) {
            assert_eq!(fold(stem), stem);
            assert!(stem.chars().count() <= LONGEST, "{stem}");
            assert!(!stem.is_empty());
        }
    }

    #[test]
    fn no_stem_means_two_months() {
        let mut seen = HashMap::new();
        for (month, stem) in
            MONTHS.iter().enumerate().flat_map(|(month, line)| line.split(' ').map(move |stem| (month, stem)))
        {
            assert_eq!(*seen.entry(stem).or_insert(month), month, "{stem}");
        }
    }

    #[test]
    fn months_are_known_in_all_their_cases() {
        #[rustfmt::skip]
        let table = [
            "january enero janvier januar januari gennaio janeiro ianuarie stycznia ledna ocak января січня ιανουαρίου tammikuuta يناير ינואר",
            "february febrero février februar februari febbraio fevereiro lutego února şubat февраля лютого φεβρουαρίου helmikuuta február",
            "march marzo mars märz maart março martie marca března mart марта березня μαρτίου maaliskuuta március maret",
            "april abril avril aprile kwietnia dubna nisan апреля квітня απριλίου huhtikuuta április أبريل",
            "may mayo mai mei maggio maio maja května mayıs мая май травня μαΐου toukokuuta május",
            "june junio juin juni giugno junho iunie czerwca června haziran июня червня ιουνίου kesäkuuta június",
            "july julio juillet juli luglio julho iulie lipca července červenec temmuz июля липня ιουλίου heinäkuuta július",
            "august agosto août augustus sierpnia srpna ağustos августа серпня αυγούστου elokuuta augusztus agustus",
            "september sept septiembre settembre setembro września září eylül сентября вересня σεπτεμβρίου syyskuuta szeptember",
            "october octubre oktober ottobre outubro października října ekim октября жовтня οκτωβρίου lokakuuta október",
            "november noviembre noiembrie listopada kasım ноября листопада νοεμβρίου marraskuuta नवंबर",
            "december diciembre décembre dezember dicembre dezembro grudnia prosince aralık декабря грудня δεκεμβρίου joulukuuta desember",
        ];
        for (month, words) in (1..).zip(table) {
            for word in words.split(' ').chain([words.split(' ').next().unwrap().to_uppercase().as_str()]) {
                assert_eq!(name(word), Some(Name::Month(month)), "{word}");
            }
        }
    }

    #[test]
    fn weekdays_are_no_months() {
        let table = [
            ("mardi", Weekday::Tuesday),
            ("martes", Weekday::Tuesday),
            ("śro", Weekday::Wednesday),
            ("середа", Weekday::Wednesday),
            ("Pazar", Weekday::Sunday),
            ("vasárnap", Weekday::Sunday),
            ("Κυρ", Weekday::Sunday),
            ("So", Weekday::Sunday),
        ];
        for (word, weekday) in table {
            assert_eq!(name(word), Some(Name::Weekday(weekday)), "{word}");
        }
        assert_eq!(name("mar"), Some(Name::MonthOrWeekday(3)));
        assert_eq!(name("at"), None);
        assert_eq!(name("오후"), Some(Name::Half(Half::Afternoon)));
    }
}
