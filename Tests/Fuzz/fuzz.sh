#!/bin/sh
# Fuzzes the readers of foreign bytes with libFuzzer: fuzz.sh [SECONDS [TARGET...]]
# What it finds stays in Corpus/TARGET under a name that begins with crash-; the tests replay it from then on.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- csv json vcard icalendar xml encoding mail charset

build=$root/.build/fuzz
mkdir -p "$build"
cd "$build"
compile() {
    module=$1
    shift
    swiftc -O -wmo -swift-version 6 -parse-as-library -sanitize=fuzzer -module-name "$module" -I . "$@"
}
compile Formats -emit-module -c -o Formats.o $(find "$root/Sources/Formats" -name '*.swift')
compile FuzzTargets -emit-module -c -o FuzzTargets.o "$root"/Tests/Fuzz/*.swift
compile EntryPoint -o fuzz "$root/Tests/Fuzz/LibFuzzer/EntryPoint.swift" Formats.o FuzzTargets.o

# Swift's own reports of crashes would keep libFuzzer from seeing them.
export SWIFT_BACKTRACE=enable=no
status=0
for target; do
    mkdir -p "found/$target"
    echo "$target: $seconds seconds"
    if FUZZ_TARGET=$target ./fuzz -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$root/Tests/Fuzz/Corpus/$target/" "found/$target" "$root/Tests/Fuzz/Corpus/$target" \
        >"$target.log" 2>&1; then
        tail -n 1 "$target.log"
    else
        grep -a -E 'Fatal error|ERROR|Test unit written' "$target.log" || tail -n 20 "$target.log"
        status=1
    fi
done
exit $status
