#!/bin/sh
# Fuzzes the readers of foreign bytes, and what the program reads of people's input, with libFuzzer:
# fuzz.sh [SECONDS [TARGET...]]
# What it finds stays in Corpus/TARGET under a name that begins with crash-; the tests replay it from then on.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- csv json vcard icalendar xml encoding mail charset filter arguments apply chat

build=$root/.build/fuzz
mkdir -p "$build"
cd "$build"
compile() {
    module=$1
    shift
    swiftc -O -wmo -swift-version 6 -parse-as-library -enable-testing -sanitize=fuzzer \
        -Xcc -fmodule-map-file="$root/Sources/CSQLite/module.modulemap" \
        -Xcc -fmodule-map-file="$root/Sources/CSHA256/module.modulemap" -module-name "$module" -I . "$@"
}
object() { compile "$1" -emit-module -c -o "$1.o" $2; }
sources() { find "$root/$1" -name '*.swift' ! -name main.swift ! -name '*Tests.swift'; }

object Formats "$(sources Sources/Formats)"
object FuzzTargets "$(ls "$root"/Tests/Fuzz/*.swift)"
compile EntryPoint -o fuzz "$root/Tests/Fuzz/LibFuzzer/EntryPoint.swift" \
    "$root/Tests/Fuzz/LibFuzzer/Readers.swift" Formats.o FuzzTargets.o
case " $* " in
*" filter "* | *" arguments "* | *" apply "* | *" chat "*)
    for module in Localization SQLite CLIKit CRMKit crm; do object $module "$(sources Sources/$module)"; done
    object ProgramFuzz "$(sources Tests/CommandTests/Fuzz) $root/Tests/CommandTests/CommandLine.swift"
    compile EntryPoint -o fuzz-program "$root/Tests/Fuzz/LibFuzzer/EntryPoint.swift" \
        "$root/Tests/Fuzz/LibFuzzer/Program.swift" ./*.o -lsqlite3
    ;;
esac

# Swift's own reports of crashes would keep libFuzzer from seeing them.
export SWIFT_BACKTRACE=enable=no
status=0
for target; do
    mkdir -p "found/$target"
    case $target in filter | arguments | apply | chat) program=./fuzz-program ;; *) program=./fuzz ;; esac
    echo "$target: $seconds seconds"
    if FUZZ_TARGET=$target $program -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$root/Tests/Fuzz/Corpus/$target/" "found/$target" "$root/Tests/Fuzz/Corpus/$target" \
        >"$target.log" 2>&1; then
        tail -n 1 "$target.log"
    else
        grep -a -E 'Fatal error|ERROR|Test unit written' "$target.log" || tail -n 20 "$target.log"
        status=1
    fi
done
exit $status
