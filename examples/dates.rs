use daybook::{article::Article, extract::Extractor, timeline};
fn main() {
    let x = Extractor::new();
    for p in std::env::args().skip(1) {
        for l in std::fs::read_to_string(&p).unwrap().lines() {
            let a: Article = serde_json::from_str(l).unwrap();
            let e = x.extract(&a);
            let events: Vec<_> = e.mentions.iter().filter_map(|m| {
                let s = timeline::fold(&[timeline::Told{published_on: a.published_on, published_at: None, mention: m}])?;
                let mut v = serde_json::to_value(&s).unwrap();
                v["evidence"] = serde_json::to_value(&m.statements).unwrap();
                Some(v)
            }).collect();
            println!("{}", serde_json::json!({"id": a.external_id, "events": events, "dates": e.dates}));
        }
    }
}
