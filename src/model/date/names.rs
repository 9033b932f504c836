//! The words of dates in the languages that feeds are written in: months, weekdays, halves of the day.
//!
//! A name is given by its stem: what all its cases and abbreviations begin with, in lower case and without accents.
//! The longest stem decides (`mart` in `marti` is March, all of it a Romanian Tuesday). A stem with a dot must be the whole word.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

/// From January on: Latin, Greek, Cyrillic, Hebrew and Arabic, Indian, Thai, Chinese.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "jan ene gen. genn gener ian xan sty led. leden ledna sij. sijec oca. ocak tammi saus jaan urtar ιαν янв яну січ сту студз јан ינו يناير جانفي ژانویه जन জানু มค. มกรา 一月",
    "feb fev veeb lut uno. unor velj sub. subat helmi vasari shkurt otsail pebrer φεβ фев лют феб פבר فبراير فيفري فوریه फर ফেব กพ. กุมภา 二月",
    "mar marc mars mart marz mare martie mrt mrz maart maali bre. brez ozu. ozuj kov mac. μαρ мар бер. берез сакав מרץ מרס مارس मार्च মার্চ มีค. มีนา 三月",
    "apr abr avr kwi dub. dubna duben tra. travan travn nis. nisan huhti balan prill apiril απρ апр квіт кві крас אפר ابريل افريل اوریل अप्र এপ্র เมย. เมษา 四月",
    "may mai maj mei mag. magg kve. kvet svi. svib touko geg maiatz μαι маи мая тра. трав мај מאי مايو ماي مه. मई মে. พค. พฤษภา 五月",
    "jun juin jui. giu iun cze cvn. cerv lipanj lipnj haz. hazir kesa birz juun xun qershor ekain hunyo ιουν июн черв чер. чэр юни јун יונ يونيو جوان ژوئن जून জুন มิย. มิถุนา 六月",
    "jul juil lug. lugl iul lip cvc. cervenec cervenc srpanj srpnj tem. temm hein liep juul xul korrik uztail hulyo ιουλ июл лип ліп юли јул יול يوليو جويلية ژوئیه जुल জুল กค. กรกฎา 七月",
    "aug ago aou agu ogos sie. sierp srp kol. kolov elo. eloku rugp avg gusht abuztu αυγ авг серп сер жні אוג اغسطس اوت. अग আগ สค. สิงหา 八月",
    "sep set. setem settem wrz zari zar. ruj. rujan rujn eyl syys rugs szept shtator irail σεπ сен вер сеп ספט سبتمبر سپتامبر सित সেপ্ট กย. กันยา 九月",
    "oct okt ott. ottob out. outub paz pazdz rij. rijn rijen eki. ekim loka. lokak spal tetor urria οκτ окт жов кас אוק اكتوبر اکتبر अक्ट अक्त অক্ট ตค. ตุลา 十月",
    "nov noi lis. listop stu. studen kas. kasim marras lapk nentor azaro nobye νοε ноя ное нов лис ліс נוב نوفمبر نوامبر नव নভে พย. พฤศจิ 十一月",
    "dec dic dez des. desem dis. disem gru pro. prosin ara. aralik joulu dets dhjetor abendu δεκ дек дец груд гру. сне снеж דצמ ديسمبر دسامبر दिस ডিসে ธค. ธันวา 十二月",
];

/// From Monday on.
#[rustfmt::skip]
const WEEKDAYS: [&str; 7] = [
    "mon mo. lun seg ma. maand maanan mand pon hetf pazartes senin dillu δευ пон пн 周一 週一 星期一 月曜 월",
    "tue tu. di. die mar. mardi martes martedi marti ter din tir tis wt. wtor ut. uter kedd sal selasa dimar τρι вт вто вів 周二 週二 星期二 火曜 화",
    "wed we. mi. mit mer mie qua wo. woe ons sri. srij sro str sred kesk szerd car. cars rabu dimec τετ ср серед серад 周三 週三 星期三 水曜 수",
    "thu th. do. don jue jeu gio joi qui tors czw ctvr csut per. pers kamis dijous πεμ чт чет 周四 週四 星期四 木曜 목",
    "fri fr. fre vie ven sex vri pia pat pent cum. cuma jumat diven παρ пт пят пет 周五 週五 星期五 金曜 금",
    "sat sa. sub. sam. sams same sab za. zat lor lau sob szomb cumartes dissab σαβ сб суб 周六 週六 星期六 土曜 토",
    "sun su. so. son. sonn dom. domi domen dim. diman dumin zo. zon sond sunn nie. niedz ned vasarn paz. pazar minggu diumen κυρ вс вос нед нд. 周日 週日 星期日 星期天 日曜 일",
];

/// Words for the half of the day before noon, and for the one after it.
const HALVES: [&str; 2] = ["am. 오전. 上午. 午前. πμ. ص. pg.", "pm. 오후. 下午. 午後. μμ. م. ptg."];

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
    /// A month, from 1 on, or a weekday: `mar` is March or Tuesday, `paz` October or Sunday.
    MonthOrWeekday(i8),
    /// A weekday.
    Weekday(Weekday),
    /// The half of the day that a time is in.
    Half(Half),
}

/// All stems, for finding the longest one fast, and whether they must be the whole word.
static NAMES: LazyLock<HashMap<&str, (Name, bool)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for (month, stem) in stems(&MONTHS) {
        put(&mut names, stem, Name::Month(month));
    }
    for (day, stem) in stems(&WEEKDAYS) {
        let weekday = Weekday::from_monday_one_offset(day).expect("a week has seven days");
        match names.get(stem.trim_end_matches('.')) {
            Some((Name::Month(month), _)) => {
                let name = Name::MonthOrWeekday(*month);
                put(&mut names, stem, name);
            }
            _ => put(&mut names, stem, Name::Weekday(weekday)),
        }
    }
    for (half, stem) in stems(&HALVES) {
        put(&mut names, stem, Name::Half(if half == 1 { Half::Morning } else { Half::Afternoon }));
    }
    names
});

fn stems(lines: &[&'static str]) -> Vec<(i8, &'static str)> {
    let stems = (1..).zip(lines).flat_map(|(line, stems)| stems.split(' ').map(move |stem| (line, stem)));
    stems.collect()
}

fn put(names: &mut HashMap<&'static str, (Name, bool)>, stem: &'static str, name: Name) {
    let whole = stem.strip_suffix('.');
    names.insert(whole.unwrap_or(stem), (name, whole.is_some()));
}

/// Finds what a word names in any of the languages.
pub(super) fn name(word: &str) -> Option<Name> {
    if word.len() < 2 {
        return None;
    }
    let word = fold(word);
    // Hebrew writes `in November` as one word.
    longest(&word).or_else(|| longest(word.strip_prefix('ב')?))
}

fn longest(word: &str) -> Option<Name> {
    let ends: Vec<usize> =
        word.char_indices().map(|(at, _)| at).skip(1).chain([word.len()]).take(LONGEST).collect();
    ends.into_iter().rev().find_map(|end| {
        let (name, is_whole) = NAMES.get(&word[..end])?;
        (end == word.len() || !is_whole).then_some(*name)
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
            let stem = stem.trim_end_matches('.');
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
