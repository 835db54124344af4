#!/usr/bin/env bash
# All-reduce from .NET against C over the same MPI: pairs in alternating order, the median ratio a size.
# Usage: compare.sh RANKS PAIRS [openmpi|mpich]
set -euo pipefail
cd "$(dirname "$0")"
ranks=$1 pairs=$2 kind=${3:-openmpi}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"mpicc.$kind" -O2 allreduce.c -o "$work/c"
launch=("mpirun.$kind" -n "$ranks")
[ "$kind" = openmpi ] && launch+=(--oversubscribe --mca mpi_yield_when_idle 0)
net=(dotnet ../../artifacts/bin/Descent.MpiBench/release/descent-mpi-bench.dll allreduce)
for k in $(seq "$pairs"); do
  if [ $((k % 2)) -eq 0 ]; then
    "${launch[@]}" "$work/c" >"$work/c$k"; "${launch[@]}" "${net[@]}" >"$work/n$k"
  else
    "${launch[@]}" "${net[@]}" >"$work/n$k"; "${launch[@]}" "$work/c" >"$work/c$k"
  fi
done
echo "KB, median C µs, median .NET µs, median ratio over $pairs pairs ($ranks ranks, $kind)"
for k in $(seq "$pairs"); do paste -d ' ' "$work/c$k" "$work/n$k" | tr -d '\r'; done | awk '
  { n[$1]++; c[$1, n[$1]] = $2; d[$1, n[$1]] = $4; q[$1, n[$1]] = $4 / $2 }
  function median(a, key, m,   i, j, t, v) {
    for (i = 1; i <= m; i++) v[i] = a[key, i]
    for (i = 1; i <= m; i++) for (j = i + 1; j <= m; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
    return m % 2 ? v[(m + 1) / 2] : (v[m / 2] + v[m / 2 + 1]) / 2
  }
  END { for (key in n) printf "%d %.1f %.1f %.2f\n", key,
          median(c, key, n[key]), median(d, key, n[key]), median(q, key, n[key]) }' | sort -n
