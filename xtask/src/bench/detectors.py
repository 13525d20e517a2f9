"""The questions of detectors/ asked of the same Parquet by DuckDB: one process, all of them, one after the other."""

import glob
import json
import os
import sys
import time
import tomllib

import duckdb

TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,2)",
    "date": "DATE",
    "month": "VARCHAR",
    "datetime": "TIMESTAMP",
    "boolean": "BOOLEAN",
}


def connect(round_folder, tables, threads):
    """Views over what adil-detect made; a table that the round lacks is empty, as it is there."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    for name, table in tables.items():
        files = sorted(glob.glob(f"{round_folder}/attendance/.parquet/*/{name}/*.parquet"))
        if files:
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files})")
            continue
        columns = [(column[0], TYPES[column[1]]) for column in table["columns"]]
        columns += [(table[key], kind) for key, kind in (("month_of_file", "VARCHAR"), ("line", "BIGINT")) if key in table]
        connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c} {t}' for c, t in columns)})")
    return connection


def main():
    detectors, tables_file, round_folder, threads = sys.argv[1:5]
    with open(tables_file, "rb") as file:
        tables = tomllib.load(file)
    connection = connect(round_folder, tables, threads)
    rows = connection.execute("SELECT count(*) FROM attendance").fetchone()[0]
    flags, seconds = {}, {}
    for identifier in sorted(os.listdir(detectors)):
        folder = f"{detectors}/{identifier}"
        if not os.path.exists(f"{folder}/detector.sql"):
            continue
        with open(f"{folder}/detector.toml", "rb") as file:
            settings = {name: setting["default"] for name, setting in tomllib.load(file).get("settings", {}).items()}
        with open(f"{folder}/detector.sql", encoding="utf-8") as file:
            sql = file.read()
        started = time.perf_counter()
        answer = connection.execute(sql, settings) if settings else connection.execute(sql)
        flags[identifier] = len(answer.fetchall())
        seconds[identifier] = time.perf_counter() - started
    print(json.dumps({"version": duckdb.__version__, "rows": rows, "flags": flags, "seconds": seconds}))


main()
