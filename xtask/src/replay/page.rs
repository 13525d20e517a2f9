//! The page itself: its sentences and tables.

use std::collections::BTreeMap;

use super::{Club, County, Other, Replay, Sums};
use crate::markdown::{Page, Table, number, percent, signed, whole};
use crate::statistics::{count, float, gini, pearson, quantile, spearman};

/// How many of the largest differences are listed.
const LISTED: usize = 10;

/// Differences up to this many euro are taken for rounding.
const ROUNDING: u32 = 1;

/// An amount that so many shortened awards share is worth naming.
const OFTEN: usize = 5;

/// One of the three sums.
type Pick = fn(Sums) -> u32;

/// The whole page.
pub(super) fn write(replay: &Replay, weights: &[u32; 3], others: &[Other]) -> String {
    let mut page = Page::default();
    opening(&mut page, replay);
    compared(&mut page, replay, weights);
    totals(&mut page, replay);
    whom(&mut page, replay);
    by_county(&mut page, replay);
    by_club(&mut page, replay);
    per_head(&mut page, replay);
    other_weights(&mut page, replay, weights, others);
    limits(&mut page, replay);
    again(&mut page);
    page.finish()
}

fn opening(page: &mut Page, replay: &Replay) {
    let moved = moved(replay);
    page.heading(1, "The Irish equipment grants of 2023, divided again");
    page.paragraph(&format!(
        "**With the same {} euro for the same {} applications, our illustrative rules pay about as many in full as the \
         real scheme did ({} and {}), but shorten others: {} euro, {} of the money, would lie elsewhere.**",
        whole(replay.total.real),
        whole(size(replay.applications.len())),
        whole(size(applications(replay, |s| !shortened(s.sought, s.ours)))),
        whole(size(applications(replay, |s| !shortened(s.sought, s.real)))),
        whole(moved),
        percent(float(moved) / float(replay.total.real)),
    ));
    page.paragraph(
        "This doesn't show that either division is the better one. It shows what published rules do to real money, and \
         how far a division can be explained from what anyone can get. (“In full” here allows one euro for rounding.)",
    );
    page.paragraph(
        "`cargo xtask replay` writes this page; every figure about the two divisions is reckoned anew from \
         [the example round](../examples/ireland-2023-equipment), and a test fails when the page is stale.",
    );
}

fn compared(page: &mut Page, replay: &Replay, weights: &[u32; 3]) {
    page.heading(2, "What was compared");
    let joined = replay.applications.len();
    let (left, left_sum) = replay.unjoined;
    page.paragraph(&format!(
        "In May 2024 the Irish department responsible for sport published {} provisional awards of the equipment-only \
         part of its Sports Capital and Equipment Programme 2023, {} euro together. The applications had been \
         published before, without awards and without a common number. {} of the awards, {} euro, could be joined to \
         their application; {left} awards, {} euro, could not and are left out \
         ([listed here](../examples/ireland-2023-equipment/unjoined_awards.csv)).",
        whole(size(joined + left)),
        whole(replay.total.real + left_sum),
        whole(size(joined)),
        whole(replay.total.real),
        whole(left_sum),
    ));
    let mut joins: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
    for application in &replay.applications {
        let entry = joins.entry(&application.join).or_default();
        entry.0 += 1;
        entry.1 += application.sums.real;
    }
    let how = [
        ("exact", "county, organisation and title are equal after folding case, accents and punctuation"),
        ("organisation", "the only application and the only award of that organisation in the county"),
        ("similar", "near-equal names and titles in the same county"),
    ];
    let mut table = Table::new(&["Joined by", ">Awards", ">Real awards, euro", "What that means"]);
    for (kind, meaning) in how {
        let (awards, sum) = joins.get(kind).copied().unwrap_or_default();
        table.row([kind.to_owned(), whole(size(awards)), whole(sum), meaning.to_owned()]);
    }
    page.table(table);
    page.paragraph(&format!(
        "The budget of the replay is the sum of the joined awards. Our rules stand in \
         [policy.toml](../examples/ireland-2023-equipment/policy.toml): up to {} points for need of the county (less \
         programme money per head from 2019 to 2023), up to {} for past money of the club (less before, more now), up to \
         {} for the kind of grant. Each county's total is kept within a band around half its people and half its demand. \
         Within that, everyone is paid the same price for each point and each euro asked for, and nobody more than the \
         ask. They are illustrative rules in the spirit of older published ones, not those of the department; \
         only the budget was taken from its awards.",
        weights[0], weights[1], weights[2],
    ));
    page.paragraph(
        "One rule had to be mended before this replay could run: the lower limit of a county is now never above what its \
         clubs asked for. Without that, one county was promised more money than anybody there had asked for, and the \
         program refused to divide and said why.",
    );
}

fn totals(page: &mut Page, replay: &Replay) {
    page.heading(2, "Both divisions in figures");
    let real: Vec<f64> = replay.applications.iter().map(|a| a.sums.real_share()).collect();
    let ours: Vec<f64> = replay.applications.iter().map(|a| a.sums.our_share()).collect();
    let mut table = Table::new(&["", ">Real", ">Ours"]);
    let mut line = |words: &str, real: String, ours: String| table.row([words.to_owned(), real, ours]);
    let total = replay.total;
    line("Sought, euro", whole(total.sought), whole(total.sought));
    line("Awarded, euro", whole(total.real), whole(total.ours));
    line("Part of the ask met", percent(total.real_share()), percent(total.our_share()));
    let counted = |keep: &dyn Fn(u32, u32) -> bool| {
        let number = |of: Pick| whole(size(applications(replay, |s| keep(s.sought, of(s)))));
        (number(|s| s.real), number(|s| s.ours))
    };
    let both = counted(&|sought, paid| paid == sought);
    line("Awards that equal the ask", both.0, both.1);
    let both = counted(&|sought, paid| paid < sought && !shortened(sought, paid));
    line("Awards 1 euro below it", both.0, both.1);
    let both = counted(&shortened);
    line("Awards shortened by more than 1 euro", both.0, both.1);
    let both = counted(&|sought, paid| float(paid) < 0.9 * float(sought));
    line("Awards below 90 % of the ask", both.0, both.1);
    line("Least part of an ask met", percent(quantile(&real, 0)), percent(quantile(&ours, 0)));
    for (part, words) in [
        (5, "One in twenty gets less than"),
        (10, "One in ten gets less than"),
        (25, "One in four gets less than (lower quartile)"),
        (50, "Half get less than (median)"),
        (75, "Three in four get less than (upper quartile)"),
    ] {
        line(
            &format!("{words}, part of the ask"),
            percent(quantile(&real, part)),
            percent(quantile(&ours, part)),
        );
    }
    page.table(table);
    page.paragraph(&format!(
        "There was money for {} of everything these clubs asked for, so both divisions pay most clubs in full, and shorten \
         about as many. They differ in whom they shorten, and by how much: the shortfall of {} euro is the same, the real \
         scheme left one application with {} of its ask, our rules leave none with less than {}.",
        percent(total.real_share()),
        whole(total.sought - total.real),
        percent(quantile(&real, 0)),
        percent(quantile(&ours, 0)),
    ));
}

fn whom(page: &mut Page, replay: &Replay) {
    page.heading(2, "Whom each division shortens");
    let exact = applications(replay, |s| s.real == s.sought);
    let below = replay.applications.len() - exact;
    let rounded = applications(replay, |s| s.real < s.sought && !shortened(s.sought, s.real));
    let real = applications(replay, |s| shortened(s.sought, s.real));
    let ours = applications(replay, |s| shortened(s.sought, s.ours));
    let both = applications(replay, |s| shortened(s.sought, s.real) && shortened(s.sought, s.ours));
    let chance = count(real) * count(ours) / count(replay.applications.len());
    let mut alike: BTreeMap<u32, usize> = BTreeMap::new();
    for sums in replay.applications.iter().map(|a| a.sums).filter(|s| shortened(s.sought, s.real)) {
        *alike.entry(sums.real).or_default() += 1;
    }
    let alike: Vec<String> = alike
        .iter()
        .filter(|(_, times)| **times >= OFTEN)
        .map(|(amount, times)| format!("{times} are exactly {} euro", whole(*amount)))
        .collect();
    page.paragraph(&format!(
        "**The real scheme** met the ask to the euro in {exact} of {} cases. Of the other {below}, {rounded} are one euro \
         short, which looks like rounding; {real} were really shortened. The published list doesn't say why. Of those \
         {real}, {}. That looks like upper limits for some kinds of request, though others were paid more; the rest may have \
         asked for things that can't be paid for, or been marked down. We don't know.",
        replay.applications.len(),
        alike.join(" and "),
    ));
    page.paragraph(&format!(
        "**Our rules** pay {} euro for each point and each euro asked for, wherever no county limit decides. So {} points \
         are enough for the whole ask; a club with half of that gets half of its ask. {ours} applications have too few \
         points, or lie in a county at its limit, and are shortened.",
        number(replay.price, 6),
        number(1.0 / replay.price, 2),
    ));
    page.paragraph(&format!(
        "{both} applications are shortened by both. If the two had nothing to do with each other, chance alone would make \
         it about {}. Knowing whom our rules shorten tells you next to nothing about whom the department shortened.",
        number(chance, 0),
    ));
}

fn by_county(page: &mut Page, replay: &Replay) {
    page.heading(2, "By county");
    let mut table = Table::new(&[
        "County",
        ">Sought, euro",
        ">Real, euro",
        ">Ours, euro",
        ">Difference",
        ">Ask met, real",
        ">Ask met, ours",
    ]);
    let mut line = |name: &str, sums: Sums| {
        table.row([
            name.to_owned(),
            whole(sums.sought),
            whole(sums.real),
            whole(sums.ours),
            signed(sums.gain()),
            percent(sums.real_share()),
            percent(sums.our_share()),
        ]);
    };
    for county in &replay.counties {
        line(&county.name, county.sums);
    }
    line("**All**", replay.total);
    page.table(table);
    let real: Vec<f64> = replay.counties.iter().map(|c| c.sums.real_share()).collect();
    let ours: Vec<f64> = replay.counties.iter().map(|c| c.sums.our_share()).collect();
    page.paragraph(&format!(
        "The part of the ask met runs from {} to {} in the real division and from {} to {} in ours. The counties' parts in \
         the two correlate at {} (1 would be full agreement, 0 none).",
        percent(quantile(&real, 0)),
        percent(quantile(&real, 100)),
        percent(quantile(&ours, 0)),
        percent(quantile(&ours, 100)),
        number(pearson(&real, &ours), 2),
    ));
    let at_limit: Vec<&County> = replay.counties.iter().filter(|c| !c.bound.is_empty()).collect();
    if !at_limit.is_empty() {
        let each: Vec<String> = at_limit.iter().map(|c| limit(c)).collect();
        page.paragraph(&format!(
            "Our county limits decide in {} of {} counties. {}",
            at_limit.len(),
            replay.counties.len(),
            each.join(" "),
        ));
    }
}

fn limit(county: &County) -> String {
    let ours = whole(county.sums.ours);
    match (county.bound.as_str(), county.sums.ours == county.sums.sought) {
        ("ceiling", _) => format!("{} is held at its upper limit, {ours} euro.", county.name),
        (_, true) => format!(
            "{} is raised to everything its clubs asked for, {ours} euro: its share by people is larger than its demand.",
            county.name
        ),
        (_, false) => format!("{} is raised to its lower limit, {ours} euro.", county.name),
    }
}

fn by_club(page: &mut Page, replay: &Replay) {
    page.heading(2, "By club");
    let clubs = &replay.clubs;
    let of = |value: fn(&Club) -> f64| clubs.iter().map(value).collect::<Vec<f64>>();
    let sought = of(|c| float(c.sums.sought));
    let (real, ours) = (of(|c| float(c.sums.real)), of(|c| float(c.sums.ours)));
    let (real_share, our_share) = (of(|c| c.sums.real_share()), of(|c| c.sums.our_share()));
    page.paragraph(&format!(
        "The {} applications are those of {} organisations. 1 means that two columns of figures rise together, 0 that one \
         says nothing about the other.",
        replay.applications.len(),
        clubs.len()
    ));
    let mut table =
        Table::new(&["Over the organisations", ">Correlation (Pearson)", ">Of the ranks (Spearman)"]);
    for (words, a, b) in [
        ("Real award and our award", &real, &ours),
        ("Real award and the ask", &real, &sought),
        ("Our award and the ask", &ours, &sought),
        ("Part of the ask met, real and ours", &real_share, &our_share),
    ] {
        table.row([words.to_owned(), number(pearson(a, b), 3), number(spearman(a, b), 3)]);
    }
    page.table(table);
    page.paragraph(
        "The high figure of the first line is no achievement: where nearly every ask can be met, both divisions follow the \
         ask, as the next two lines show. The last line leaves the size of the ask out, and there the two divisions have \
         hardly anything in common.",
    );
    let differs = |c: &&Club| c.sums.gain().unsigned_abs() > u64::from(ROUNDING);
    let gaining = clubs.iter().filter(differs).filter(|c| c.sums.gain() > 0).count();
    let losing = clubs.iter().filter(differs).filter(|c| c.sums.gain() < 0).count();
    page.paragraph(&format!(
        "By our rules {gaining} organisations would get more than they really did, {losing} less, and {} the same to the \
         euro or within one. These are the largest differences:",
        clubs.len() - gaining - losing,
    ));
    let mut order: Vec<&Club> = clubs.iter().collect();
    order.sort_by(|a, b| (b.sums.gain(), &a.name).cmp(&(a.sums.gain(), &b.name)));
    let listed = |title: &str, clubs: &[&Club], page: &mut Page| {
        page.heading(3, title);
        let mut table = Table::new(&[
            "Organisation",
            "County",
            ">Sought, euro",
            ">Real, euro",
            ">Ours, euro",
            ">Difference",
        ]);
        for club in clubs {
            let sums = club.sums;
            table.row([
                club.name.replace('|', "\\|"),
                club.county.clone(),
                whole(sums.sought),
                whole(sums.real),
                whole(sums.ours),
                signed(sums.gain()),
            ]);
        }
        page.table(table);
    };
    listed("Would gain most", &order[..LISTED.min(order.len())], page);
    order.reverse();
    listed("Would lose most", &order[..LISTED.min(order.len())], page);
    page.paragraph(
        "Who asks for much has much to win or lose. Those who would gain were really paid a part of what they asked for, and \
         have enough points with us, or nearly. Those who would lose were really paid in full; with us they have too few \
         points, because they, or their county, had much programme money before. Names stand as they were published.",
    );
}

fn per_head(page: &mut Page, replay: &Replay) {
    page.heading(2, "Money per head");
    let per_head = |of: Pick| -> Vec<f64> {
        replay.counties.iter().map(|c| float(of(c.sums)) / float(c.population)).collect()
    };
    let gini_of = |of: Pick| {
        let places: Vec<(f64, f64)> =
            replay.counties.iter().map(|c| (float(of(c.sums)), float(c.population))).collect();
        gini(&places)
    };
    let mut table =
        Table::new(&["Euro per head in the counties", ">Least", ">Middle", ">Most", ">Gini coefficient"]);
    let columns: [(&str, Pick); 3] = [("Sought", |s| s.sought), ("Real", |s| s.real), ("Ours", |s| s.ours)];
    for (words, of) in columns {
        let values = per_head(of);
        table.row([
            words.to_owned(),
            number(quantile(&values, 0), 2),
            number(quantile(&values, 50), 2),
            number(quantile(&values, 100), 2),
            number(gini_of(of), 3),
        ]);
    }
    page.table(table);
    page.paragraph(
        "A Gini coefficient of 0 would be the same money for every head in the country. How unequal the counties are is \
         mostly decided by who applies: with nearly all asks met, no division can change it much. Only these \
         applications are counted, so this says nothing about all the money a county got for sport.",
    );
}

fn other_weights(page: &mut Page, replay: &Replay, weights: &[u32; 3], others: &[Other]) {
    page.heading(2, "If the points were weighed otherwise");
    let mut table = Table::new(&[
        "Weights of county, club, kind",
        ">Shortened",
        ">Shortened by both",
        ">Euro elsewhere than really",
        ">Part of the ask met, real and ours (Spearman)",
    ]);
    let mut line = |words: String, replay: &Replay| {
        let real: Vec<f64> = replay.applications.iter().map(|a| a.sums.real_share()).collect();
        let ours: Vec<f64> = replay.applications.iter().map(|a| a.sums.our_share()).collect();
        let both = |s: Sums| shortened(s.sought, s.real) && shortened(s.sought, s.ours);
        table.row([
            words,
            whole(size(applications(replay, |s| shortened(s.sought, s.ours)))),
            whole(size(applications(replay, both))),
            whole(moved(replay)),
            number(spearman(&real, &ours), 3),
        ]);
    };
    let [county, club, kind] = weights;
    line(format!("{county}, {club}, {kind}: as in this replay"), replay);
    for other in others {
        let [county, club, kind] = other.weights;
        line(format!("{county}, {club}, {kind}: {}", other.words), &other.replay);
    }
    page.table(table);
    let strongest = others
        .iter()
        .map(|o| &o.replay)
        .chain([replay])
        .map(|replay| {
            let real: Vec<f64> = replay.applications.iter().map(|a| a.sums.real_share()).collect();
            let ours: Vec<f64> = replay.applications.iter().map(|a| a.sums.our_share()).collect();
            spearman(&real, &ours).abs()
        })
        .fold(0.0, f64::max);
    page.paragraph(&format!(
        "The last column counts applications, not organisations. With none of these weights does it leave the neighbourhood \
         of zero (at most {}, either way). Nothing here suggests that the real scheme shortened by these three facts. An \
         indicator can't weigh nothing in a policy, so “mostly” stands for 80 of 100 points.",
        number(strongest, 3),
    ));
}

fn limits(page: &mut Page, replay: &Replay) {
    page.heading(2, "What this can't show");
    page.list(&[
        "**Whether the department assessed well.** Its scores of single applications were not published. What looks like \
         an arbitrary cut may have a good reason in a file that nobody outside has seen.",
        "**Who was refused.** Only awards are known. An application of 2023 without an award here is not a refused one: \
         most asked for capital works, whose result is not in these files.",
        "**The whole programme.** Only the equipment-only part is here; capital works are not.",
        &format!(
            "**The {} awards that could not be joined.** They hold {} of the money. Had they been joined, the budget and \
             every share would differ.",
            replay.unjoined.0,
            percent(float(replay.unjoined.1) / float(replay.unjoined.1 + replay.total.real)),
        ),
        "**Certain matches.** Applications and awards were joined by names. The similar ones can be wrong. An award more than \
         5 % above the ask was not joined, so that no award here lies above its ask is partly made by the join. And a \
         club that is spelt in two ways is two clubs here, so that its past money can be too low.",
        "**The final payments.** The awards were provisional; what was paid in the end is not known here.",
        "**Your club's merit.** Our points come from three public facts. Participation, disadvantage and sharing, which the \
         programme's older rules weigh heavily, are not among them, since nobody published them for each application.",
        "**A choice between the two.** The real division left most clubs whole and shortened some for reasons that were not \
         published. Ours pays everyone the same price, by reasons that are, but it knows much less about each project. \
         Which is fairer is a question for those who make the rules; a replay only shows what follows from them.",
    ]);
    page.paragraph(
        "The files' licence is not stated where they were taken from; see \
         [SOURCE.md](../examples/ireland-2023-equipment/SOURCE.md).",
    );
}

fn again(page: &mut Page) {
    page.heading(2, "See for yourself");
    page.verbatim(
        "```sh\n\
         cargo run --release -- run examples/ireland-2023-equipment\n\
         cargo run --release -- explain examples/ireland-2023-equipment IE-1346   # one application, by its number\n\
         cargo run --release -- policy explain examples/ireland-2023-equipment    # our rules as sentences\n\
         cargo xtask replay                                                       # this page\n\
         ```\n",
    );
}

/// Euro that would lie with other applications than they really do.
fn moved(replay: &Replay) -> u32 {
    replay.applications.iter().map(|a| a.sums.ours.saturating_sub(a.sums.real)).sum()
}

fn applications(replay: &Replay, keep: impl Fn(Sums) -> bool) -> usize {
    replay.applications.iter().filter(|a| keep(a.sums)).count()
}

/// Whether an award is below the ask by more than rounding.
fn shortened(sought: u32, paid: u32) -> bool {
    sought.saturating_sub(paid) > ROUNDING
}

/// A count as a number to write.
fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
