//! Hidden counts stay hidden from whoever subtracts.

use proptest::prelude::*;

use super::{Cell, Counts};

const SMALLEST: u64 = 5;

/// What the reader sees: a number, or nothing.
fn seen(counts: &Counts, smallest: u64) -> Vec<Option<u64>> {
    let cells = counts.suppress(smallest);
    counts.values().iter().zip(cells).map(|(value, cell)| cell.is_shown().then_some(*value)).collect()
}

#[test]
fn a_lone_small_count_takes_the_smallest_other_with_it() {
    // All, and four places.
    let counts = Counts::tree(&[None, Some(0), Some(0), Some(0), Some(0), Some(0)], &[0, 40, 3, 12, 0, 25]);
    assert_eq!(counts.values(), [80, 40, 3, 12, 0, 25]);
    assert_eq!(seen(&counts, SMALLEST), [Some(80), Some(40), None, None, Some(0), Some(25)]);
    assert_eq!(counts.suppress(SMALLEST)[2..4], [Cell::Primary, Cell::Secondary]);
}

#[test]
fn two_small_counts_whose_sum_gives_them_away_are_not_left_alone() {
    // Nothing hidden is zero, so 1 + 1 = 2 would be known exactly.
    let counts = Counts::tree(&[None, Some(0), Some(0), Some(0)], &[0, 1, 1, 30]);
    assert_eq!(seen(&counts, SMALLEST), [Some(32), None, None, None]);
    // 4 + 4 = 8: each may be anything from 1 to 7, and 5 is not small.
    let counts = Counts::tree(&[None, Some(0), Some(0), Some(0)], &[0, 4, 4, 30]);
    assert_eq!(seen(&counts, SMALLEST), [Some(38), None, None, Some(30)]);
    assert_eq!(counts.interval(&counts.suppress(SMALLEST), 1), (1, Some(7)));
}

#[test]
fn a_place_with_one_part_hides_with_it() {
    // All; two places; the first has one facility, the second two.
    let counts = Counts::tree(&[None, Some(0), Some(0), Some(1), Some(2), Some(2)], &[0, 0, 0, 2, 20, 9]);
    let cells = counts.suppress(SMALLEST);
    assert_eq!(counts.values(), [31, 2, 29, 2, 20, 9]);
    // The place and its facility are the same count; the other place's total gives way, and one of its parts.
    assert_eq!(seen(&counts, SMALLEST), [Some(31), None, None, None, Some(20), None]);
    assert_eq!(counts.interval(&cells, 3), (1, Some(10)));
}

#[test]
fn nothing_small_hides_nothing_and_everything_small_hides_all_but_zeros() {
    let large = Counts::grid(2, &[5, 6, 7, 8]);
    assert!(large.suppress(SMALLEST).iter().all(|cell| cell.is_shown()));
    let tiny = Counts::tree(&[None, Some(0), Some(0)], &[0, 2, 0]);
    assert_eq!(seen(&tiny, SMALLEST), [None, None, Some(0)]);
    assert_eq!(tiny.interval(&tiny.suppress(SMALLEST), 0), (1, None));
    assert!(Counts::grid(0, &[]).suppress(SMALLEST).iter().all(|cell| cell.is_shown()));
    assert_eq!(seen(&Counts::tree(&[None], &[3]), SMALLEST), [None]);
}

#[test]
fn a_table_of_two_ways_hides_a_rectangle() {
    // By age and sex; the total row and column come last.
    let counts = Counts::grid(2, &[3, 40, 20, 30, 50, 60]);
    assert_eq!(counts.values(), [3, 40, 43, 20, 30, 50, 50, 60, 110, 73, 130, 203]);
    let hidden: Vec<usize> = (0..12).filter(|at| !counts.suppress(SMALLEST)[*at].is_shown()).collect();
    assert_eq!(hidden, [0, 1, 3, 4], "the smallest rectangle through the small count");
}

/// Everything that may stand in the hidden inner cells of a grid: by brute force, up to a most.
fn brute(counts: &Counts, cells: &[Cell], columns: usize, most: u64) -> Vec<Option<(u64, u64)>> {
    let values = counts.values();
    let width = columns + 1;
    let rows = values.len() / width - 1;
    let inner: Vec<usize> = (0..rows).flat_map(|r| (0..columns).map(move |c| r * width + c)).collect();
    let open: Vec<usize> = inner.iter().copied().filter(|at| !cells[*at].is_shown()).collect();
    let mut tried: Vec<u64> = values.to_vec();
    for at in &open {
        tried[*at] = 1;
    }
    let mut found: Vec<Option<(u64, u64)>> = vec![None; values.len()];
    loop {
        let row = |r: usize| (0..columns).map(|c| tried[r * width + c]).sum::<u64>();
        let column = |c: usize| (0..rows).map(|r| tried[r * width + c]).sum::<u64>();
        let mut totals: Vec<(usize, u64)> = (0..rows).map(|r| (r * width + columns, row(r))).collect();
        totals.extend((0..columns).map(|c| (rows * width + c, column(c))));
        totals.push((values.len() - 1, (0..rows).map(row).sum()));
        // A total that is hidden is anything but zero; one that is shown is what it is.
        if totals.iter().all(|(at, sum)| if cells[*at].is_shown() { values[*at] == *sum } else { *sum > 0 }) {
            for at in &open {
                let (low, high) = found[*at].unwrap_or((tried[*at], tried[*at]));
                found[*at] = Some((low.min(tried[*at]), high.max(tried[*at])));
            }
        }
        let Some(next) = open.iter().find(|at| tried[**at] < most) else { return found };
        for at in open.iter().take_while(|at| *at != next) {
            tried[*at] = 1;
        }
        tried[*next] += 1;
    }
}

/// No primary count can be told to be small, and none that is hidden to be what it is.
fn holds(counts: &Counts, smallest: u64) -> Result<(), TestCaseError> {
    let cells = counts.suppress(smallest);
    for (at, (value, cell)) in counts.values().iter().zip(&cells).enumerate() {
        let (low, high) = counts.interval(&cells, at);
        let high = high.unwrap_or(u64::MAX);
        prop_assert!(low <= *value && *value <= high);
        match cell {
            Cell::Shown => prop_assert!(*value == 0 || *value >= smallest),
            Cell::Primary => prop_assert!(*value < smallest && high >= smallest, "{low} to {high}"),
            Cell::Secondary => prop_assert!(*value >= smallest && low < high, "{low} to {high}"),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_hidden_count_of_a_grid_can_be_had(
        columns in 1_usize..5,
        inner in prop::collection::vec(prop_oneof![0..9_u64, 0..60_u64], 1..25),
        smallest in 3..11_u64,
    ) {
        holds(&Counts::grid(columns, &inner), smallest)?;
    }

    #[test]
    fn no_hidden_count_of_a_tree_can_be_had(
        up in prop::collection::vec(any::<prop::sample::Index>(), 1..30),
        own in prop::collection::vec(prop_oneof![0..9_u64, 0..60_u64], 30),
        smallest in 3..11_u64,
    ) {
        let parents: Vec<Option<usize>> =
            up.iter().enumerate().map(|(at, index)| (at > 0).then(|| index.index(at.max(1)))).collect();
        holds(&Counts::tree(&parents, &own[..parents.len()]), smallest)?;
    }

    #[test]
    fn what_can_be_worked_out_is_what_trying_everything_finds(
        inner in prop::collection::vec(0..7_u64, 4),
    ) {
        const MOST: u64 = 13;
        let counts = Counts::grid(2, &inner);
        let cells = counts.suppress(SMALLEST);
        for (at, found) in brute(&counts, &cells, 2, MOST).into_iter().enumerate() {
            let Some((low, high)) = found else { continue };
            let (least, most) = counts.interval(&cells, at);
            prop_assert_eq!(low, least);
            prop_assert_eq!(high, most.unwrap_or(MOST).min(MOST));
        }
    }

    #[test]
    fn the_order_of_places_changes_only_their_order(own in prop::collection::vec(0..30_u64, 2..12)) {
        // Different counts, so that no tie is broken by the order.
        let mut own = own;
        own.sort_unstable();
        own.dedup();
        let tree = |own: &[u64]| {
            let parents: Vec<Option<usize>> = (0..=own.len()).map(|at| (at > 0).then_some(0)).collect();
            seen(&Counts::tree(&parents, &[&[0], own].concat()), SMALLEST)
        };
        let mut forwards = tree(&own);
        own.reverse();
        let mut backwards = tree(&own);
        forwards.sort_unstable();
        backwards.sort_unstable();
        prop_assert_eq!(forwards, backwards);
    }
}
