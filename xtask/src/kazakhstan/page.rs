//! `docs/use-of-facilities.md`: the forecast of use in the national round, how good it is, and what ghosts would do to it.

use super::study::{Ghosts, Group, Shift};
use crate::markdown::{Page, Table, number, percent, whole};

pub(super) fn write(groups: &[Group], ghosts: &Ghosts) -> anyhow::Result<String> {
    let mut page = Page::default();
    page.heading(1, "How far will a place be used?");
    page.paragraph(
        "The national round of examples/kazakhstan foretells the visits of a week from what is known of a facility before the year: its \
         kind, village or town, area, hours, state and room. It learns from facilities whose visits two sources back, a turnstile beside \
         signed sheets and tickets. **All of it is simulated**: this page says whether the method finds what is there to be found, not how \
         Kazakhs use their halls.",
    );
    page.heading(2, "On facilities that it never saw");
    page.paragraph(
        "Learned from one simulated country, tried on another (seed 2), where every facility is new. *Off by* is the mean distance \
         between forecast and verified visits of a week, beside that of a simpler forecast: the mean of the kind for each place. *Explained* is \
         how much of what that mean leaves open the model tells. *Within* is how many facilities lay in the interval that was meant to hold \
         nine of ten.",
    );
    let mut table = Table::new(&[
        "facilities",
        ">number",
        ">off by",
        ">mean of the kind off by",
        ">explained",
        ">within",
    ]);
    for group in groups {
        table.row([
            group.name.clone(),
            whole(u32::try_from(group.facilities)?),
            number(group.model.mean_error, 1),
            number(group.by_kind.mean_error, 1),
            percent(group.gain()),
            group.model.covered.map(percent).unwrap_or_default(),
        ]);
    }
    page.table(table);
    page.heading(2, "What ghosts would do to the honest");
    page.paragraph(&format!(
        "Of {} facilities where sections of the children's order meet, {} have something planted: ghost children, copied sheets, claims that \
         nothing backs. If a model is learned from one side's word, the honest are judged by it too. So the model was learned again from other \
         rows, and the forecasts of the {} honest facilities set beside each other.",
        whole(u32::try_from(ghosts.honest + ghosts.planted)?),
        whole(u32::try_from(ghosts.planted)?),
        whole(u32::try_from(ghosts.honest)?),
    ));
    let mut table = Table::new(&[
        "learned from",
        "instead of",
        ">rows",
        ">forecasts of the honest",
        ">nine of ten of them",
        ">moved by over a tenth",
    ]);
    let mut row = |from: &str, instead: &str, shift: &Shift| -> anyhow::Result<()> {
        let [middle, low, high] = shift.ratio.map(|ratio| number(ratio, 2));
        table.row([
            from.to_owned(),
            instead.to_owned(),
            whole(u32::try_from(shift.rows)?),
            format!("× {middle}"),
            format!("× {low} to {high}"),
            percent(shift.moved),
        ]);
        Ok(())
    };
    row("signed sheets, ghosts among them", "signed sheets of the honest", &ghosts.sheets)?;
    row("what operators say", "what two sources back", &ghosts.word)?;
    page.table(table);
    page.paragraph(
        "The second line is why a policy refuses a model whose target one source alone answers for: places whose like exaggerate would be \
         foretold more visits than they have, and whoever tells the truth would be measured against them.",
    );
    page.heading(2, "What it is not for");
    page.list(&[
        "It earns at most 8 points of 100, stated as `cap` in the policy, and nothing else: no gate and no amount may name it.",
        "A low forecast is no reason to close a hall: it says how places of this kind are used, not what this one is worth.",
        "A facility with a turnstile has its own verified visits beside the forecast, and they count for more.",
    ]);
    page.paragraph(
        "`cargo xtask kazakhstan` trains the model and makes this page. `adil model card --beside` shows the same of any two models.",
    );
    Ok(page.finish())
}
