//! Saved timelines, feeds and webhooks as lines of an export, and every line of an export that is loaded.

use super::{Error, FeedChange, Record, Restored, SavedTimeline, Store, WebhookChange};
use crate::{feed, saved::ShareToken, webhook::Secret};
use jiff::Timestamp;

impl Store {
    /// All saved timelines, feeds and webhooks, without what is secret.
    pub async fn every_setting(&self) -> Result<Vec<Record>, Error> {
        let mut records: Vec<Record> = Vec::new();
        for SavedTimeline { slug, title, description, filters, token, .. } in self.timelines().await? {
            let (slug, private) = (slug.to_string(), token.is_some());
            records.push(Record::Timeline { slug, title, description, private, filters });
        }
        let (mut feeds, mut after) = (Vec::new(), None);
        loop {
            let page = self.feeds(after, 1000).await?;
            feeds.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        feeds.sort_by(|a, b| a.url.cmp(&b.url));
        records.extend(feeds.into_iter().map(|feed| Record::Feed {
            url: feed.url,
            source: feed.source,
            every: feed.every,
            enabled: feed.enabled,
        }));
        records.extend(self.webhooks().await?.into_iter().map(|webhook| Record::Webhook {
            url: webhook.url,
            description: webhook.description,
            filters: webhook.filters,
            enabled: webhook.enabled,
        }));
        Ok(records)
    }

    /// Makes of an exported line here what it was there. The same line again changes nothing.
    pub async fn restore_record(&self, record: Record, now: Timestamp) -> Result<Restored, Error> {
        match record {
            Record::Correction { id, author, reason, made_at, action } => {
                self.make_again(id, (&author, &reason), made_at, action, now).await
            }
            Record::Dismissal { author, reason, dismissed_at, item, events, article, fields } => {
                self.dismiss_again((&author, &reason), (item, events, article, fields), dismissed_at).await
            }
            Record::Timeline { slug, title, description, private, filters } => {
                let Ok(slug) = slug.parse() else { return Ok(Restored::Unknown) };
                let known = self.timeline(&slug).await?;
                let is_same = known.is_some_and(|known| {
                    (known.title, known.description, known.filters, known.token.is_some())
                        == (title.clone(), description.clone(), filters.clone(), private)
                });
                if is_same {
                    return Ok(Restored::Unchanged);
                }
                let token = private.then(ShareToken::random).transpose().map_err(Error::NoRandomness)?;
                let (created_at, updated_at) = (now, now);
                let timeline = SavedTimeline { slug, title, description, filters, token, created_at, updated_at };
                self.save_timeline(&timeline).await?;
                Ok(Restored::Corrected)
            }
            Record::Feed { url, source, every, enabled } => {
                let Ok(url) = feed::address(&url) else { return Ok(Restored::Unknown) };
                let (known, is_new) = self.enter_feed(&url, source.as_deref(), every, now).await?;
                if (&known.source, known.every, known.enabled) == (&source, every, enabled) {
                    return Ok(if is_new { Restored::Corrected } else { Restored::Unchanged });
                }
                self.change_feed(known.id, &FeedChange { enabled: Some(enabled), every, source }).await?;
                Ok(Restored::Corrected)
            }
            Record::Webhook { url, description, filters, enabled } => {
                let same = |known: &super::Webhook| {
                    (&known.url, &known.description, &known.filters) == (&url, &description, &filters)
                };
                if self.webhooks().await?.iter().any(same) {
                    return Ok(Restored::Unchanged);
                }
                let secret = Secret::random().map_err(Error::NoRandomness)?;
                let webhook = self.create_webhook(&url, description.as_deref(), &filters, &secret, now).await?;
                if !enabled {
                    let change = WebhookChange { enabled: Some(false), ..WebhookChange::default() };
                    self.change_webhook(webhook.id, &change, now).await?;
                }
                Ok(Restored::Corrected)
            }
        }
    }
}
