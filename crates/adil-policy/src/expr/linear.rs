//! Whether an expression moves with one quantity in a straight line, so that two of its values tell all others.

use super::{Arithmetic, Expr, Kind, Node};
use crate::names::NameId;

impl Expr {
    /// Whether the expression names anything that `moves`.
    pub fn moves_with(&self, moves: &dyn Fn(NameId) -> bool) -> bool {
        self.names().iter().any(|id| moves(*id))
    }

    /// Whether it is a straight line in the quantities that `moves` holds for, by the way it is written: a sum, a multiple,
    /// or one of two such by a condition that does not move. (Others may be straight lines too; they are not seen as such.)
    pub fn is_linear_in(&self, moves: &dyn Fn(NameId) -> bool) -> bool {
        linear(self.root(), moves)
    }
}

fn linear(node: &Node, moves: &dyn Fn(NameId) -> bool) -> bool {
    if still(node, moves) {
        return true;
    }
    match &node.kind {
        Kind::Name(_) => true,
        Kind::Negate(inner) => linear(inner, moves),
        Kind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, two) => two.iter().all(|n| linear(n, moves)),
        Kind::Arithmetic(Arithmetic::Multiply, two) => {
            two.iter().all(|n| linear(n, moves)) && two.iter().any(|n| still(n, moves))
        }
        Kind::Arithmetic(Arithmetic::Divide, two) => linear(&two[0], moves) && still(&two[1], moves),
        Kind::Choice(three) => still(&three[0], moves) && three[1..].iter().all(|n| linear(n, moves)),
        _ => false,
    }
}

/// Whether nothing in it moves.
fn still(node: &Node, moves: &dyn Fn(NameId) -> bool) -> bool {
    let mut still = true;
    node.visit(&mut |part| still &= part.name().is_none_or(|id| !moves(id)));
    still
}
