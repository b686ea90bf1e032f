//! Where a selection can be subscribed to, and how other sites show it.

use url::form_urlencoded::byte_serialize;

/// URLs of the same selection for programs that come back to it.
#[derive(Clone, Debug)]
pub struct Subscribe {
    /// The calendar, for a program of this machine.
    pub webcal: String,
    /// The calendar, for people to copy.
    pub calendar: String,
    /// The calendar in Google Calendar.
    pub google: String,
    /// The calendar in Outlook.
    pub outlook: String,
    /// The feed.
    pub atom: String,
    /// The sheet.
    pub csv: String,
    /// The API.
    pub json: String,
    /// The element by which another site shows the page; none where no other site may.
    pub embed: Option<String>,
}

impl Subscribe {
    /// The selection of `query` at the service's address. `page` is its page, for sites that may embed it.
    pub fn new(base: &str, query: &str, title: &str, page: Option<&str>) -> Self {
        let url = |suffix: &str| format!("/v1/timeline{suffix}{query}");
        let calendar = format!("{base}{}", url(".ics"));
        let webcal =
            calendar.split_once("://").map_or_else(|| calendar.clone(), |(_, rest)| format!("webcal://{rest}"));
        let part = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        Self {
            google: format!("https://calendar.google.com/calendar/r?cid={}", part(&webcal)),
            outlook: format!(
                "https://outlook.live.com/calendar/0/addfromweb?url={}&name={}",
                part(&calendar),
                part(title)
            ),
            webcal,
            calendar,
            atom: url(".atom"),
            csv: url(".csv"),
            json: url(""),
            embed: page.map(|page| {
                format!("<iframe src=\"{base}{page}\" title=\"{title}\" width=\"100%\" height=\"600\"></iframe>")
            }),
        }
    }
}
