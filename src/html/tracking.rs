//! Takes out of links what only tells where a reader comes from.
//!
//! Only names that mean nothing but that, whole names, and never from an address that is signed. What is left stands
//! as it stood: order, encoding, fragment.

use std::borrow::Cow;

/// Families of names, by their beginnings: Urchin and Google Analytics, Matomo.
const FAMILIES: &[&str] = &["utm_", "mtm_"];

/// Single names, by who writes them, in lower case.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    // Clicks on advertisements: Google, Facebook, Microsoft, Yandex, X, TikTok, LinkedIn, Taboola, Outbrain.
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid", "fbclid", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
    "li_fat_id", "tblci", "dicbo", "oborigurl", "rb_clickid",
    // Shared from an app: Instagram, Facebook, X, Yahoo, Branch.
    "igsh", "igshid", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "ref_src", "ref_url", "soc_src",
    "soc_trk", "guccounter", "guce_referrer", "guce_referrer_sig", "_branch_match_id", "_branch_referrer",
    // Visitors followed from site to site: Google Analytics, HubSpot.
    "_ga", "_gl", "__hstc", "__hssc", "__hsfp", "_hsenc", "_hsmi", "hsctatracking",
    // Newsletters: Mailchimp, Marketo, Omeda, Vero, Eloqua, MailerLite, Kit, Klaviyo, Listrak, Blueshift, Drip.
    "mc_cid", "mc_eid", "mc_tc", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_conv", "vero_id", "elqtrack",
    "elqtrackid", "ml_subscriber", "ml_subscriber_hash", "ck_subscriber_id", "_ke", "_kx", "trk_contact", "trk_msg",
    "trk_module", "trk_sid", "bsft_clkid", "bsft_uid", "__s", "_openstat",
    // Campaigns: Piano (AT Internet), comScore, Matomo, Webtrends, links within a site.
    "at_medium", "at_campaign", "at_campaign_type", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "at_format",
    "at_link_id", "at_link_origin", "at_link_type", "at_creation", "at_variant", "at_network", "at_emailtype",
    "at_ptr_name", "at_bbc_team", "xtor", "ns_campaign", "ns_fee", "ns_linkname", "ns_mchannel", "ns_source",
    "pk_campaign", "pk_cid", "pk_content", "pk_keyword", "pk_kwd", "pk_medium", "pk_source", "piwik_campaign",
    "piwik_keyword", "piwik_kwd", "wt.mc_id", "wt_mc", "wt_zmc",
    "itm_campaign", "itm_content", "itm_medium", "itm_source", "itm_term",
];

/// Signatures: they may stand for the whole query, which nobody may change then.
#[rustfmt::skip]
const SIGNATURES: &[&str] = &[
    "signature", "sig", "hmac", "x-amz-signature", "x-goog-signature", "x-oss-signature", "hdnea", "hdnts", "policy",
];

/// Takes the parameters out of an address that only track its reader.
pub fn without_tracking(address: &str) -> Cow<'_, str> {
    let (place, fragment) = parts(address, '#');
    let (page, query) = parts(place, '?');
    let query = query.map(|query| (query, kept(query)));
    let is_same = query.as_ref().is_none_or(|(query, kept)| query.len() == kept.len());
    let only_tracks = fragment.is_some_and(|fragment| fragment.split('&').all(tracks));
    if is_same && !only_tracks {
        return Cow::Borrowed(address);
    }
    let mut out = page.to_owned();
    match query {
        Some((query, kept)) if !kept.is_empty() || query.is_empty() => out.extend(["?", &*kept]),
        _ => (),
    }
    out.extend(fragment.filter(|_| !only_tracks).into_iter().flat_map(|fragment| ["#", fragment]));
    Cow::Owned(out)
}

fn parts(text: &str, border: char) -> (&str, Option<&str>) {
    text.split_once(border).map_or((text, None), |(before, behind)| (before, Some(behind)))
}

fn kept(query: &str) -> Cow<'_, str> {
    let mut parameters = query.split('&');
    if !parameters.clone().any(tracks) || parameters.any(|it| is_one_of(name(it), SIGNATURES)) {
        return Cow::Borrowed(query);
    }
    let kept: Vec<&str> = query.split('&').filter(|it| !tracks(it)).collect();
    Cow::Owned(kept.join("&"))
}

fn tracks(parameter: &str) -> bool {
    let name = name(parameter);
    let is_of = |family: &&str| {
        let head = name.get(..family.len()).is_some_and(|head| head.eq_ignore_ascii_case(family));
        head && name.len() > family.len()
    };
    FAMILIES.iter().any(is_of) || is_one_of(name, NAMES)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Names a parameter. Feeds escape twice, and leave an `amp;` before it.
fn name(parameter: &str) -> &str {
    let (name, _) = parameter.split_once('=').unwrap_or((parameter, ""));
    name.strip_prefix("amp;").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_tracks_goes() {
        let table = [
            ("http://a.test/?utm_source=rss", "http://a.test/"),
            (
                "http://a.test/x?a=%20+b&utm_medium=x&c=d%2C&UTM_TERM=y#top",
                "http://a.test/x?a=%20+b&c=d%2C#top",
            ),
            ("http://a.test/?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&at_medium=RSS&id=5", "http://a.test/?id=5"),
            ("http://a.test/?a=1&amp;utm_source=rss", "http://a.test/?a=1"),
            ("http://a.test/#xtor=RSS-3208", "http://a.test/"),
            ("http://a.test/?b#utm_source=a&utm_medium=b", "http://a.test/?b"),
            ("http://a.test/?xtor=1&&a", "http://a.test/?&a"),
        ];
        for (address, expected) in table {
            assert_eq!(without_tracking(address), expected, "{address}");
        }
    }

    #[test]
    fn what_may_mean_something_stays() {
        let addresses = [
            "http://a.test/",
            "http://a.test/?",
            "http://a.test/?#",
            "http://a.test/?utm=1&utm_&my_utm_source=2&source=rss&ref=x&cid=7",
            "http://a.test/?utm_source=x&X-Amz-Signature=abc",
            "http://a.test/?url=http%3A%2F%2Fb.test%2F%3Futm_source%3Dx",
            "http://a.test/utm_source=x",
            "http://a.test/#a&xtor=1",
            "http://a.test/#:~:text=utm_source",
            "mailto:a@b.test?subject=c",
            "",
        ];
        for address in addresses {
            assert_eq!(without_tracking(address), address);
        }
    }

    #[test]
    fn names_are_written_as_they_are_compared() {
        assert!(
            FAMILIES.iter().chain(NAMES).chain(SIGNATURES).all(|name| *name == name.to_ascii_lowercase())
        );
    }

    proptest! {
        #[test]
        fn the_rest_keeps_its_order_and_encoding(
            parameters in prop::collection::vec("[a-z%2F+]{0,6}(=[^&#]{0,6})?", 0..5), at in 0_usize..5
        ) {
            let rest = parameters.join("&");
            let mut with: Vec<&str> = parameters.iter().map(String::as_str).collect();
            with.insert(at.min(with.len()), "utm_source=a");
            let address = format!("http://a.test/?{}#b", with.join("&"));
            let expected = if rest.is_empty() { "http://a.test/#b".to_owned() } else { format!("http://a.test/?{rest}#b") };
            prop_assert_eq!(without_tracking(&address), expected);
        }
    }
}
