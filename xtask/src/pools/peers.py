"""InterpretML's EBM and LightGBM: train on one table, predict another. Arguments: LEARN TEST columns,to,drop."""
import json
import sys
import warnings

import pandas as pd

warnings.filterwarnings("ignore")
learn, test = pd.read_csv(sys.argv[1]), pd.read_csv(sys.argv[2])
drop = ["attendance", "year"] + [c for c in sys.argv[3].split(",") if c]
x, y, z = learn.drop(columns=drop), learn["attendance"].astype(float), test.drop(columns=drop)
words = [c for c in x.columns if not pd.api.types.is_numeric_dtype(x[c])]


def say(who, make, fit, predict):
    model = make()
    fit(model)
    print(json.dumps(dict(who=who, found=[float(v) for v in predict(model)])), flush=True)


def ebm(interactions):
    from interpret.glassbox import ExplainableBoostingRegressor
    kinds = ["nominal" if c in words else "continuous" for c in x.columns]
    signs = [1 if c == "lifeguards" else 0 for c in x.columns]
    return ExplainableBoostingRegressor(feature_types=kinds, interactions=interactions, monotone_constraints=signs,
                                        objective="poisson_deviance", n_jobs=2, random_state=1)


def lightgbm():
    from lightgbm import LGBMRegressor
    return LGBMRegressor(n_estimators=200, objective="poisson", n_jobs=2, random_state=1, verbose=-1, deterministic=True,
                         force_row_wise=True)


levels = {c: sorted(set(x[c].dropna()) | set(z[c].dropna())) for c in words}
coded = [t.assign(**{c: pd.Categorical(t[c], categories=levels[c]) for c in words}) for t in (x, z)]
say("EBM (InterpretML)", lambda: ebm(0), lambda m: m.fit(x, y), lambda m: m.predict(z))
say("EBM, 5 pairs", lambda: ebm(5), lambda m: m.fit(x, y), lambda m: m.predict(z))
say("LightGBM, 200 trees (no glass box)", lightgbm, lambda m: m.fit(coded[0], y), lambda m: m.predict(coded[1]))
