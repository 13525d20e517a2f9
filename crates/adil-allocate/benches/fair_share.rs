//! How long the solver takes, by the number of leaves. 40,000 is the shape of the shared instance.

#[expect(dead_code, reason = "only the example reads and writes cases")]
mod case;

use adil_allocate::tie_key;
use case::Case;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Decimals of a payable unit, as in `examples/fair_share.rs`.
const DECIMALS: u32 = 6;

fn fair_share(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fair_share");
    for n in [1_000usize, 10_000, 40_000] {
        let instance = Case::generated(n, DECIMALS).instance();
        group.throughput(Throughput::Elements(u64::try_from(n).unwrap_or(u64::MAX)));
        group.bench_with_input(BenchmarkId::from_parameter(n), &instance, |bencher, instance| {
            bencher.iter(|| instance.solve(&|leaf| tie_key(b"", &leaf.index().to_string())));
        });
    }
    group.finish();
}

criterion_group!(benches, fair_share);
criterion_main!(benches);
