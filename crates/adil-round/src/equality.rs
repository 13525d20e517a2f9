//! How equally money is spread over people: the curve of Lorenz and the number of Gini, exactly.

use adil_domain::Rational;

/// A group of people and its money; on the curve, all people and money so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// People, or whatever else the money is counted for.
    pub people: i128,
    /// Money, in minor units.
    pub money: i128,
}

/// Groups of people by rising money per head; the curve runs through the sums so far, and Gini is what lies between it and
/// the line on which everyone has the same: 0 where nothing does. `None` without people or money.
pub fn lorenz(mut groups: Vec<Step>) -> Option<(Vec<Step>, Rational)> {
    groups.retain(|g| g.people > 0);
    groups.sort_by(|a, b| (a.money * b.people).cmp(&(b.money * a.people)).then(a.people.cmp(&b.people)));
    let mut curve = vec![Step { people: 0, money: 0 }];
    let mut twice_below = 0i128;
    let (mut people, mut money) = (0i128, 0i128);
    for group in &groups {
        let before = money;
        people += group.people;
        money += group.money;
        twice_below = twice_below.checked_add(group.people.checked_mul(before + money)?)?;
        curve.push(Step { people, money });
    }
    let whole = people.checked_mul(money)?;
    Some((curve, Rational::ratio(whole - twice_below, whole)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn gini_by_hand() {
        let step = |people, money| Step { people, money };
        let gini = |groups: &[Step]| lorenz(groups.to_vec()).map(|(_, gini)| gini.to_short_decimal(6));
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(gini(&[step(10, 50), step(30, 150)]), is("0"));
        // Half of the people have everything.
        assert_eq!(gini(&[step(10, 100), step(10, 0)]), is("0.5"));
        // 1 − ½·(0 + ¼) − ½·(¼ + 1) = 0.25.
        assert_eq!(gini(&[step(1, 3), step(1, 1)]), is("0.25"));
        assert_eq!(gini(&[step(10, 0)]), None, "without money there is nothing to share");
        assert_eq!(gini(&[]), None);
    }

    proptest! {
        #[test]
        fn gini_is_a_share_and_sees_no_currency(groups in prop::collection::vec((1i128..1000, 0i128..1000), 1..30)) {
            let steps: Vec<Step> = groups.iter().map(|(people, money)| Step { people: *people, money: *money }).collect();
            let dearer = steps.iter().map(|s| Step { people: s.people, money: s.money * 100 }).collect();
            let gini = lorenz(steps).map(|(_, g)| g);
            prop_assert_eq!(&gini, &lorenz(dearer).map(|(_, g)| g));
            prop_assert!(gini.is_none_or(|g| !g.is_negative() && g <= Rational::one()));
        }
    }
}
