//! The queries of a question's `WITH`, answered by themselves.
//!
//! `DataFusion` puts each wherever its name stands, and would answer it as often.

use std::ops::ControlFlow;

use datafusion::common::{DataFusionError, ParamValues, Result, TableReference};
use datafusion::dataframe::DataFrame;
use datafusion::prelude::SessionContext;
use datafusion::sql::parser::Statement as Parsed;
use datafusion::sql::sqlparser::ast::{
    Cte, Expr, GroupByExpr, Query, SetExpr, Statement, Visit, With, visit_expressions, visit_relations,
};
use datafusion::sql::sqlparser::dialect::GenericDialect;
use datafusion::sql::sqlparser::parser::Parser;

/// The answer to a question, still to be collected.
pub(crate) async fn answer(context: &SessionContext, sql: &str, values: &ParamValues) -> Result<DataFrame> {
    let mut query = parsed(sql)?;
    let count = query.with.as_ref().filter(|with| !with.recursive).map_or(0, |with| with.cte_tables.len());
    for at in 0..count {
        let Some(with) = &query.with else { break };
        let name = with.cte_tables[at].alias.name.value.clone();
        let later: usize = with.cte_tables[at + 1..].iter().map(|cte| named(&cte.query, &name)).sum();
        let part = &with.cte_tables[at].query;
        if later + named(&query.body, &name) < 2 || part.with.is_some() || is_plain(part) {
            continue;
        }
        let rows = planned(context, alone(with, at), values).await?.cache().await?.into_view();
        let table = TableReference::bare(table(&name));
        context.deregister_table(table.clone())?;
        context.register_table(table, rows)?;
        replace(&mut query, at, &name)?;
    }
    planned(context, query, values).await
}

/// Rows of one table as they stand there: read again sooner than kept.
fn is_plain(query: &Query) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let plain = matches!(&select.group_by, GroupByExpr::Expressions(by, _) if by.is_empty());
    let mut calls = false;
    let _: ControlFlow<()> = visit_expressions(select.as_ref(), |expression| {
        calls |= matches!(expression, Expr::Function(_));
        ControlFlow::Continue(())
    });
    let one_table = matches!(select.from.as_slice(), [from] if from.joins.is_empty());
    plain && one_table && !calls && select.distinct.is_none() && query.order_by.is_none()
}

/// The table that stands for the query of this name. No table of a round has a blank in its name.
pub(crate) fn table(name: &str) -> String {
    format!("{name} once")
}

/// A question split at a query of its `WITH`: that query by itself, and the question with [`table`] in its place.
pub(crate) fn split(sql: &str, name: &str) -> Result<(String, String)> {
    let mut question = parsed(sql)?;
    let absent = || DataFusionError::Plan(format!("the question has no query called {name}"));
    let with = question.with.as_ref().ok_or_else(absent)?;
    let named = |cte: &Cte| cte.alias.name.value == name;
    let at = with.cte_tables.iter().position(named).ok_or_else(absent)?;
    let query = alone(with, at).to_string();
    replace(&mut question, at, name)?;
    Ok((query, question.to_string()))
}

/// A query of a `WITH` with those before it that it rests on.
fn alone(with: &With, at: usize) -> Query {
    let query = with.cte_tables[at].query.as_ref();
    let mut before: Vec<Cte> = Vec::new();
    for cte in with.cte_tables[..at].iter().rev() {
        let name = &cte.alias.name.value;
        if named(query, name) > 0 || before.iter().any(|later| named(&later.query, name) > 0) {
            before.insert(0, cte.clone());
        }
    }
    let before = (!before.is_empty()).then(|| With { cte_tables: before, ..with.clone() });
    Query { with: before, ..query.clone() }
}

fn replace(question: &mut Query, at: usize, name: &str) -> Result<()> {
    if let Some(with) = &mut question.with {
        *with.cte_tables[at].query = parsed(&format!("SELECT * FROM \"{}\"", table(name)))?;
    }
    Ok(())
}

fn parsed(sql: &str) -> Result<Query> {
    let failed = |e| DataFusionError::SQL(Box::new(e), None);
    let mut statements = Parser::parse_sql(&GenericDialect {}, sql).map_err(failed)?;
    match (statements.pop(), statements.pop()) {
        (Some(Statement::Query(query)), None) => Ok(*query),
        _ => Err(DataFusionError::Plan("a question is one SELECT".to_owned())),
    }
}

/// How often a table's name stands in a part of a question.
fn named(part: &impl Visit, name: &str) -> usize {
    let mut times = 0;
    let _: ControlFlow<()> = visit_relations(part, |relation| {
        times += usize::from(relation.to_string() == name);
        ControlFlow::Continue(())
    });
    times
}

async fn planned(context: &SessionContext, query: Query, values: &ParamValues) -> Result<DataFrame> {
    let statement = Parsed::Statement(Box::new(Statement::Query(Box::new(query))));
    let plan = context.state().statement_to_plan(statement).await?;
    context.execute_logical_plan(plan).await?.with_param_values(values.clone())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where something is wrong")]
mod tests {
    use datafusion::common::ScalarValue;
    use datafusion::execution::context::SQLOptions;

    use super::*;

    const QUESTION: &str = "
        WITH plain AS (SELECT column1 AS section, column2 AS child FROM visits WHERE column2 <> 'nobody'),
        many AS (SELECT section, COUNT(*) AS visits FROM plain GROUP BY section),
        unused AS (SELECT section FROM many WHERE visits > 100),
        pair AS (
            SELECT a.section, b.section AS other, ROW_NUMBER() OVER next_one AS place
            FROM many a JOIN many b ON b.visits = a.visits AND b.section > a.section
            WINDOW next_one AS (PARTITION BY a.section ORDER BY b.section)
        )
        SELECT p.section, p.other, p.place, x.visits
        FROM pair p JOIN plain s ON s.section = p.section JOIN many x ON x.section = p.section
        WHERE x.visits >= $least
        ORDER BY p.section, p.other, p.place";

    async fn rows(frame: DataFrame) -> String {
        let batches = frame.collect().await.unwrap();
        datafusion::arrow::util::pretty::pretty_format_batches(&batches).unwrap().to_string()
    }

    async fn context() -> SessionContext {
        let context = SessionContext::new();
        let visits = "('a', 'x'), ('a', 'y'), ('b', 'x'), ('b', 'z'), ('c', 'nobody'), ('c', 'z'), ('d', 'x'), ('d', 'q')";
        let made = format!("CREATE TABLE visits AS VALUES {visits}");
        context.sql_with_options(&made, SQLOptions::new()).await.unwrap().collect().await.unwrap();
        context
    }

    fn values() -> ParamValues {
        ParamValues::from(vec![("least", ScalarValue::Int64(Some(2)))])
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    #[test]
    fn what_is_named_twice_is_kept_and_the_answer_is_the_same() {
        run(async {
            let context = context().await;
            let whole = context.sql(QUESTION).await.unwrap().with_param_values(values()).unwrap();
            let whole = rows(whole).await;
            assert!(whole.contains("| a       | b     | 1     | 2      |"), "{whole}");
            let kept = answer(&context, QUESTION, &values()).await.unwrap();
            assert_eq!(rows(kept).await, whole);
            let known = |name: &str| context.table_exist(TableReference::bare(table(name))).unwrap();
            // `plain` is two columns of a table as they stand there, `pair` is named once.
            assert_eq!(["plain", "many", "unused", "pair"].map(known), [false, true, false, false]);
        });
    }

    #[test]
    fn a_query_can_be_answered_by_itself_and_put_back() {
        run(async {
            let context = context().await;
            let (query, rest) = split(QUESTION, "many").unwrap();
            assert!(query.contains("plain") && !query.contains("pair"), "{query}");
            let many = answer(&context, &query, &values()).await.unwrap().into_view();
            context.register_table(TableReference::bare(table("many")), many).unwrap();
            let whole = rows(answer(&context, QUESTION, &values()).await.unwrap()).await;
            assert_eq!(rows(answer(&context, &rest, &values()).await.unwrap()).await, whole);
        });
    }

    #[test]
    fn a_query_that_is_not_there_and_two_questions_are_errors() {
        let error = split(QUESTION, "few").unwrap_err().to_string();
        assert!(error.contains("no query called few"), "{error}");
        assert!(parsed("SELECT 1; SELECT 2").unwrap_err().to_string().contains("one SELECT"));
    }
}
