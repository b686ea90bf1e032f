//! The rules of robots.txt (RFC 9309).

use jiff::SignedDuration;
use texting_robots::Robot;
use url::Url;

/// The user agent to which robots.txt can refer.
const NAME: &str = "daybook";

/// The maximum size of robots.txt, 500 KiB as RFC 9309 requires; the rest is ignored.
const MOST: usize = 500 * 1024;

/// The maximum `Crawl-delay` that is respected.
const LONGEST_DELAY: SignedDuration = SignedDuration::from_hours(1);

/// The rules of a host.
#[derive(Debug)]
pub struct Robots {
    /// `None` if the text is invalid; then nothing is allowed.
    rules: Option<Robot>,
}

impl Robots {
    /// The URL of the robots.txt of `url`'s host; `None` if it has no host.
    pub fn place(url: &Url) -> Option<Url> {
        url.join("/robots.txt").ok()
    }

    /// Truncates `bytes` to the maximum size, as text that can be stored.
    pub fn kept(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes.get(..MOST).unwrap_or(bytes)).replace('\0', "")
    }

    /// Parses the rules.
    pub fn new(text: &str) -> Self {
        Self { rules: Robot::new(NAME, text.as_bytes()).ok() }
    }

    /// Whether `url` may be fetched.
    pub fn allow(&self, url: &Url) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.allowed(url.as_str()))
    }

    /// The delay between two requests that the host demands (`Crawl-delay`).
    pub fn delay(&self) -> SignedDuration {
        let seconds = self.rules.as_ref().and_then(|rules| rules.delay).filter(|seconds| seconds.is_finite());
        SignedDuration::try_from_secs_f32(seconds.unwrap_or_default().max(0.0))
            .unwrap_or(LONGEST_DELAY)
            .min(LONGEST_DELAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        format!("https://news.example{path}").parse().unwrap()
    }

    #[test]
    fn rules_for_us_outrank_those_for_all() {
        let robots =
            Robots::new("User-agent: *\nDisallow: /\n\nUser-agent: Daybook\nDisallow: /private\nCrawl-delay: 7\n");
        assert!(robots.allow(&url("/feed.xml")) && !robots.allow(&url("/private/feed.xml")));
        assert_eq!(robots.delay(), SignedDuration::from_secs(7));
    }

    #[test]
    fn rules_for_all_hold_where_there_are_none_for_us() {
        let robots = Robots::new("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /*.pdf$\nAllow: /a\n");
        assert!(robots.allow(&url("/feed.xml")) && robots.allow(&url("/a")) && !robots.allow(&url("/b.pdf")));
        assert_eq!(robots.delay(), SignedDuration::ZERO);
    }

    #[test]
    fn an_empty_one_allows_everything_and_no_delay_is_endless() {
        assert!(Robots::new("").allow(&url("/")));
        assert_eq!(Robots::new("User-agent: *\nCrawl-delay: 1e30").delay(), LONGEST_DELAY);
        assert_eq!(Robots::kept(&vec![b'a'; MOST + 1]).len(), MOST);
    }
}
