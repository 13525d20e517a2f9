//! The page itself: its sentences and tables.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};

use super::map::Picture;
use super::study::{Change, Council, Point, Study};
use crate::markdown::{Page, Table, number, percent, whole};
use crate::statistics::{quantile, spearman};

/// The whole page.
pub(super) fn write(study: &Study, others: &[(&Change, Study)], picture: &Picture) -> anyhow::Result<String> {
    let mut councils: Vec<&Council> = study.councils.iter().collect();
    councils.sort_by(|a, b| a.relative_reach.total_cmp(&b.relative_reach).then(a.name.cmp(&b.name)));
    let mut page = Page::default();
    opening(&mut page, study, &councils)?;
    reckoned(&mut page, study)?;
    map(&mut page, study, picture);
    by_council(&mut page, &councils);
    found(&mut page, study)?;
    money(&mut page, study)?;
    otherwise(&mut page, study, others)?;
    limits(&mut page, study);
    again(&mut page);
    Ok(page.finish())
}

fn opening(page: &mut Page, study: &Study, councils: &[&Council]) -> anyhow::Result<()> {
    let (least, most) = (councils.first().context("no councils")?, councils.last().context("no councils")?);
    page.heading(1, "Sport within half an hour in Scotland");
    page.paragraph(&format!(
        "**For each visit its people would make, {} has {} % of the room that Scotland has on average within half an hour; \
         {} has {} times as much as the average.** That follows from {} real facilities, the populations of {} councils, \
         and a few assumptions that stand below. For islands and thinly settled councils the figures are too kind; \
         [why](#what-these-data-cannot-say) is said at the end.",
        least.name,
        number(least.relative_reach * 100.0, 0),
        most.name,
        number(most.relative_reach, 1),
        whole(size(study.facilities.len())),
        whole(size(councils.len())),
    ));
    page.paragraph(&format!(
        "A support fund of {} pounds, which does not exist, is then divided among all of these facilities by the need of the \
         people around each. Nobody applied and nobody is paid: this is a shadow round, made to show what public data can \
         say about fairness, and what they can't.",
        whole(study.rules.budget),
    ));
    page.paragraph(
        "`cargo xtask scotland --page` writes this page; every figure is reckoned anew from \
         [the example round](../examples/scotland), and a test fails when the page is stale. Where the data come from and \
         what was done to them is said in [SOURCE.md](../examples/scotland/SOURCE.md).",
    );
    Ok(())
}

fn reckoned(page: &mut Page, study: &Study) -> anyhow::Result<()> {
    let rules = &study.rules;
    page.heading(2, "What was reckoned");
    ensure!(
        (0.9..1.1).contains(&(study.room / study.wanted)),
        "room and wishes are no longer close: write it anew"
    );
    let spread = study.points.iter().filter(|p| p.spread).count();
    page.list(&[
        &format!(
            "**People** live in {} settlements, {} points: the largest towns are spread over {} postcode sectors. Each \
             council's points sum to its population of 2022. Everybody wants one visit a week.",
            whole(size(study.settlements)),
            whole(size(study.points.len())),
            whole(size(spread)),
        ),
        "**Room** is a round number of visits a week for each kind of facility, such as 2,000 for a main pool, 450 for a small \
         hall, 100 for a full-size grass pitch and 800 for an artificial one. The register states no capacities, so these \
         numbers are ours ([policy.toml](../examples/scotland/policy.toml), `supply`).",
        &format!(
            "**Ways** are straight lines times {}, at {} km an hour, which stands for a mixture of walking, bus and car. What is \
             within 10 minutes counts in full, within 20 for 0.68, within {} for 0.22, beyond that for nothing.",
            rules.detour, rules.speed, rules.minutes,
        ),
        "**Reach** shares each facility's room among the people around it, so that a pool in a city counts for less to each of \
         its many neighbours (enhanced two-step floating catchment areas, Luo and Qi 2009). *Relative reach* compares a \
         place with the mean of all wanted visits: 1 is the mean.",
        "**Unmet demand** spreads each settlement's visits over what is within reach, the more the nearer and the larger. Whom a full \
         facility turns away is offered again to those that have room, four times; who is left then finds no place.",
    ]);
    page.paragraph(&format!(
        "By these numbers Scotland has room for {} visits a week and wants {}. The two are close because the one visit a week \
         was chosen so. **The level therefore says nothing about Scotland; only the differences between places do.** Relative reach \
         doesn't depend on it. How many visits find no place does, and with it the money: [see below](#if-something-else-is-assumed).",
        whole_of(study.room),
        whole_of(study.wanted),
    ));
    Ok(())
}

fn map(page: &mut Page, study: &Study, picture: &Picture) {
    let [least, less, _, more, most] = picture.people().map(|n| f64::from(n) / f64::from(study.people()));
    let title = format!(
        "{} of the people live where there is less than 0.8 of the mean room within reach, {} where there is more than 1.25",
        percent(least + less),
        percent(more + most),
    );
    page.heading(2, "The map");
    page.paragraph(&format!("**{title}.**"));
    page.paragraph(&format!("![{title}](scotland-reach.svg)"));
    page.paragraph(
        "A hexagon is about 12 km wide and has the colour of the people who live in it, however few they are; its numbers show \
         when the picture is opened by itself. Hollow ones hold facilities, but no settlement of the list.",
    );
}

fn by_council(page: &mut Page, councils: &[&Council]) {
    page.heading(2, "Council by council, least reach first");
    let mut table = Table::new(&[
        "Council",
        ">People",
        ">Facilities",
        ">Per 10,000",
        ">Relative reach",
        ">Find no place",
        ">Fund, pounds",
        ">A head",
        "Limit",
    ]);
    for council in councils {
        table.row([
            council.name.clone(),
            whole(council.population),
            whole(council.facilities),
            number(f64::from(council.facilities) * 10_000.0 / f64::from(council.population), 1),
            number(council.relative_reach, 2),
            percent(council.unmet_share),
            whole(council.amount),
            number(council.per_head(), 2),
            council.bound.clone(),
        ]);
    }
    page.table(table);
    page.paragraph(
        "*Find no place*: the part of the wanted visits for which nothing within reach has room. *Limit*: whether the council's \
         share of the fund was held up (floor) or down (ceiling) by the rule that keeps it near half its people and half its \
         unmet demand.",
    );
}

fn found(page: &mut Page, study: &Study) -> anyhow::Result<()> {
    page.heading(2, "What is found");
    let count = |keep: &dyn Fn(&Council) -> bool| {
        let kept: Vec<&Council> = study.councils.iter().filter(|c| keep(c)).collect();
        (kept.len(), kept.iter().map(|c| c.population).sum::<u32>())
    };
    let (little, little_people) = count(&|c| c.relative_reach < 0.8);
    let (much, much_people) = count(&|c| c.relative_reach > 1.25);
    let per_head: Vec<f64> =
        study.councils.iter().map(|c| f64::from(c.facilities) / f64::from(c.population)).collect();
    let reach: Vec<f64> = study.councils.iter().map(|c| c.relative_reach).collect();
    let alone = study.facilities.iter().filter(|f| f.position.is_some() && !f.anyone).count();
    let nothing: Vec<&Point> = study.points.iter().filter(|p| p.out_of_reach >= p.wanted).collect();
    let names: Vec<&str> = nothing.iter().map(|p| p.name.as_str()).collect();
    let hidden = study
        .councils
        .iter()
        .filter(|c| c.relative_reach > 1.0)
        .max_by(|a, b| a.unmet_share.total_cmp(&b.unmet_share))
        .context("no council has more than the mean")?;
    page.list(&[
        &format!(
            "**{} councils have less than 0.8 of the mean, with {} people; {} have more than 1.25, with {}.** In the first the room is \
             shared by many, in the second by few.",
            little,
            whole(little_people),
            much,
            whole(much_people),
        ),
        &format!(
            "**Counting facilities per head is not the same.** Over the councils the two go together at {} (Spearman; 1 would be \
             the same order). A facility is a bowling green or a pool, and a border is no wall: people of one council fill the \
             pools of the next.",
            number(spearman(&per_head, &reach), 2),
        ),
        &format!(
            "**{} of the wanted visits find no place**, though there is about as much room as is wanted: the room is not where the \
             people are.",
            percent(study.unmet / study.wanted),
        ),
        &format!(
            "**A mean hides who is left out.** {} has {} of Scotland's mean reach, and yet {} of its wanted visits find no place: \
             much room near some of its people is no help to the others.",
            hidden.name,
            number(hidden.relative_reach, 2),
            percent(hidden.unmet_share),
        ),
        &format!(
            "**{} facilities have nobody within reach,** because no settlement of 500 people is near. Village halls and golf courses \
             of the countryside are not useless; their people are missing from the list of settlements. They are judged like the \
             middle of their council.",
            whole(size(alone)),
        ),
        &if names.is_empty() {
            "**No settlement has nothing within reach.** Whoever lives outside of them may; the data can't tell.".to_owned()
        } else {
            format!(
                "**Points with nothing within reach: {}, with {} people together.** There must be more: whoever lives far from \
                 everything is in no settlement of the list, and an island is one point in its middle.",
                names.join(", "),
                whole(nothing.iter().map(|p| p.population).sum()),
            )
        },
    ]);
    Ok(())
}

fn money(page: &mut Page, study: &Study) -> anyhow::Result<()> {
    page.heading(2, "What the fund would give");
    let heads: Vec<f64> = study.councils.iter().map(Council::per_head).collect();
    let unmet: Vec<f64> = study.councils.iter().map(|c| c.unmet_share).collect();
    let by_head = |a: &&Council, b: &&Council| a.per_head().total_cmp(&b.per_head());
    let least = study.councils.iter().min_by(by_head).context("no councils")?;
    let most = study.councils.iter().max_by(by_head).context("no councils")?;
    let held = |bound: &str| study.councils.iter().filter(|c| c.bound == bound).count();
    page.paragraph(&format!(
        "{} pounds for {} people are {} a head. By council it is {} in {} at least and {} in {} at most; the middle council has {}. \
         Money a head follows unmet demand at {} (Spearman). {} councils are held up at their floor, {} down at their ceiling.",
        whole(study.rules.budget),
        whole(study.people()),
        number(f64::from(study.rules.budget) / f64::from(study.people()), 2),
        number(least.per_head(), 2),
        least.name,
        number(most.per_head(), 2),
        most.name,
        number(quantile(&heads, 50), 2),
        number(spearman(&unmet, &heads), 2),
        held("floor"),
        held("ceiling"),
    ));
    let amounts: Vec<f64> = study.facilities.iter().map(|f| f64::from(f.amount)).collect();
    let none = study.facilities.iter().filter(|f| f.amount == 0).count();
    page.paragraph(&format!(
        "Half of the facilities get {} pounds or more, none more than {}; {} get nothing, since everybody around them finds a place \
         and has at least twice the mean within reach, or since their share is below a pound. A facility's weight is its points for need times its size: 20 for a pool or rink, 5 for a hall, 3 for a pitch, 1 for a court or green. \
         Every award can be asked for: `adil explain examples/scotland ID`.",
        whole_of(quantile(&amounts, 50)),
        whole_of(quantile(&amounts, 100)),
        whole(size(none)),
    ));
    Ok(())
}

fn otherwise(page: &mut Page, study: &Study, others: &[(&Change, Study)]) -> anyhow::Result<()> {
    page.heading(2, "If something else is assumed");
    page.paragraph("The same round, with one assumption changed at a time:");
    let ten = |study: &Study| -> Vec<String> {
        let mut order: Vec<&Council> = study.councils.iter().collect();
        order.sort_by(|a, b| a.relative_reach.total_cmp(&b.relative_reach));
        order.iter().take(10).map(|c| c.code.clone()).collect()
    };
    let base_ten = ten(study);
    let pick =
        |study: &Study, of: fn(&Council) -> f64| -> Vec<f64> { study.councils.iter().map(of).collect() };
    let mut table = Table::new(&[
        "Assumption",
        ">Find no place",
        ">Least and most relative reach",
        ">Order of councils by reach (Spearman)",
        ">Of the ten with least reach, still there",
        ">Order by money a head (Spearman)",
    ]);
    let mut line = |words: &str, other: &Study| {
        let reach = pick(other, |c| c.relative_reach);
        table.row([
            words.to_owned(),
            percent(other.unmet / other.wanted),
            format!("{} – {}", number(quantile(&reach, 0), 2), number(quantile(&reach, 100), 2)),
            number(spearman(&pick(study, |c| c.relative_reach), &reach), 2),
            ten(other).iter().filter(|c| base_ten.contains(c)).count().to_string(),
            number(spearman(&pick(study, Council::per_head), &pick(other, Council::per_head)), 2),
        ]);
    };
    line("as on this page", study);
    for (change, other) in others {
        line(change.words, other);
    }
    page.table(table);
    let least = |of: fn(&Council) -> f64| {
        let each = others.iter().map(|(_, other)| spearman(&pick(study, of), &pick(other, of)));
        each.fold(1.0, f64::min)
    };
    let (by_reach, by_money) = (least(|c| c.relative_reach), least(Council::per_head));
    ensure!(
        by_reach > 0.9 && by_money < 0.5,
        "what the page says of other assumptions no longer holds: write it anew"
    );
    page.paragraph(&format!(
        "Which councils have little within reach hardly depends on these assumptions: the order stays at {} or more. Who gets how much \
         does: there the order falls as low as {}, because need is counted mostly in visits that find no place, and how many visits \
         are wanted nobody has published. Whoever would divide real money this way would have to find that out first.",
        number(by_reach, 2),
        number(by_money, 2),
    ));
    Ok(())
}

fn limits(page: &mut Page, study: &Study) {
    let mut sites: BTreeMap<&[String; 4], u32> = BTreeMap::new();
    for facility in &study.facilities {
        *sites.entry(&facility.site).or_default() += 1;
    }
    let shared: u32 = sites.values().filter(|n| **n > 1).sum();
    let astray = study.facilities.iter().filter(|f| f.position.is_none()).count();
    let scaled = |a: &&Council, b: &&Council| a.scaled.total_cmp(&b.scaled);
    let extremes = study.councils.iter().min_by(scaled).zip(study.councils.iter().max_by(scaled));
    page.heading(2, "What these data cannot say");
    let scaling = extremes.map_or_else(String::new, |(least, most)| {
        format!(
            "**Where everybody lives.** Settlements of fewer than 500 people are missing, their numbers are of mixed years, and suburbs \
             stand beside the towns that hold them. Scaling each council to its population levels the sum, by {} in {} up to {} in {}, \
             but it puts the countryside's people into its towns, where more can be reached.",
            number(least.scaled, 2),
            least.name,
            number(most.scaled, 2),
            most.name,
        )
    });
    page.list(&[
        "**How much room there is.** No capacities, opening hours or lanes are published. A small pool and a large one of the same \
         kind count the same, and a hall of a school that nobody else may use counts like a public one.",
        "**In what condition anything is.** A closed pool stays in the list until somebody strikes it out; many rows state no status.",
        "**Who uses it.** There are no visits, members, prices or opening times for the public, and nobody's age. A golf course that costs \
         a thousand pounds a year is within reach here of everybody who lives near it.",
        "**What people want.** All kinds of sport are one kind here: a bowling green next door stands in for the pool that is missing. \
         Whoever wants to know about pools must reckon with pools alone.",
        &format!(
            "**How many sites there are.** One row is one facility: {} of the {} rows share name, point and kind with another, such as \
             the pitches of one park. Each is paid for itself.",
            whole(shared),
            whole(size(study.facilities.len())),
        ),
        &scaling,
        "**Ways over water.** Lines are straight: the Clyde, the Forth and the Tay are crossed where there is no bridge, and islands lie \
         as near to each other as the crow flies. Reach around the firths and on the islands is too high, and so is that behind hills.",
        &format!(
            "**Whether the register is right.** {} facilities had a position that contradicts their postcode and now have none. For {} more, \
             none of the ten nearest others names the same council \
             ([listed here](../examples/scotland/doubtful_councils.csv)); some are at a border, some are mistaken. They count as published.",
            astray,
            whole(size(study.doubtful)),
        ),
        "**What anybody deserves.** The fund is made up, and so are its weights. The page shows what follows from rules and data; the rules \
         are for people to make.",
    ]);
    page.paragraph(
        "Contains information from sportscotland and National Records of Scotland, licensed under the Open Government Licence v3.0. \
         Contains data from GeoNames, licensed under CC BY 4.0, changed as SOURCE.md says.",
    );
}

fn again(page: &mut Page) {
    page.heading(2, "See for yourself");
    page.verbatim(
        "```sh\n\
         cargo run --release -- run examples/scotland\n\
         cargo run --release -- explain examples/scotland pub_spfsp.1     # one facility, by its number\n\
         cargo run --release -- policy explain examples/scotland          # the rules as sentences\n\
         cargo xtask scotland --page                                      # this page and its map\n\
         ```\n",
    );
}

/// A count as a number to write.
fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "visits and pounds, for display")]
fn whole_of(value: f64) -> String {
    whole(value.round() as u32)
}
