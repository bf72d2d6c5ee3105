//! The two ports.

use super::{About, Field, iso, paper};

pub(super) fn source(about: &About) -> Option<Field> {
    let port = about.segment.header.src_port?;
    let host = about.segment.ip.as_ref().map(|ip| ip.src.to_string());
    let field = about
        .field("src_port", ("Source Port", "منفذ المصدر"), 0..2)
        .value(port)
        .meaning(match host {
            Some(host) => about.say(
                format!("The endpoint on {host} that sent this segment, and to which answers go."),
                format!(
                    "نقطة النهاية على {} التي أرسلت هذا المقطع، وإليها تعود الأجوبة.",
                    iso(host)
                ),
            ),
            None => about.say(
                "The endpoint that sent this segment, and to which answers go.",
                "نقطة النهاية التي أرسلت هذا المقطع، وإليها تعود الأجوبة.",
            ),
        });
    Some(field.paper(paper::source_port(about.lang)))
}

pub(super) fn destination(about: &About) -> Option<Field> {
    let port = about.segment.header.dst_port?;
    let host = about.segment.ip.as_ref().map(|ip| ip.dst.to_string());
    let field = about.field("dst_port", ("Destination Port", "منفذ الوجهة"), 2..4);
    Some(field.value(port).meaning(match host {
        Some(host) => about.say(
            format!("The endpoint on {host} that is to receive it."),
            format!("نقطة النهاية على {} التي تستقبله.", iso(host)),
        ),
        None => about.say(
            "The endpoint that is to receive it.",
            "نقطة النهاية التي تستقبله.",
        ),
    }))
}
