use daybook::{article::Article, extract::Extractor, timeline};
fn main() {
    let x = Extractor::new();
    for p in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&p).unwrap();
        let arts: Vec<Article> = if p.ends_with(".txt") { vec![Article::from_plain_text(&t).unwrap()] } else { t.lines().map(|l| serde_json::from_str(l).unwrap()).collect() };
        for a in arts {
            let e = x.extract(&a);
            let events: Vec<_> = e.mentions.iter().filter_map(|m| {
                let s = timeline::fold(&[timeline::Told{published_on: a.published_on, published_at: None, mention: m}])?;
                let mut v = serde_json::to_value(&s).unwrap();
                v["evidence"] = serde_json::to_value(&m.statements).unwrap();
                Some(v)
            }).collect();
            println!("{}", serde_json::json!({"id": a.external_id, "events": events, "dates": e.dates, "warnings": e.warnings}));
        }
    }
}
