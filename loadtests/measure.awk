# What the reports of the load tests share: a row for each slice, and medians over the rounds. A line a slice, as measure.sh prints
# it after the round: round, name, answers, microseconds, errors, bytes, p50, p99, server ticks, server-core ticks, wrk user s,
# wrk system s. Given: hz, ticks a second; unit, what a round is called; what, what has the names; width, of the longest.
function median(name, server,    n, i, j, v, sorted) {
  n = 0
  for (i = 1; i <= rounds; i++) {
    v = figure[name, server, i]
    for (j = n++; j > 0 && sorted[j] > v; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = v
  }
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
function row(label, server) {
  printf "| %-6s | %-" width "s | %9.0f | %6.2f | %9.0f | %7.2f | %7.2f | %7.0f | %8.0f | %6.2f |\n", label, server, R["rps"], R["cpu"],
    R["per_cpu"], R["p50"], R["p99"], R["busy"], R["wrk"], R["other"]
}
function median_row(server,    i) {
  for (i = 1; i <= names; i++) R[name[i]] = M[name[i], server] = median(name[i], server)
  row("median", server)
}
BEGIN {
  names = split("rps cpu per_cpu p50 p99 busy wrk other bytes", name, " ")
  printf "| %-6s | %-" width "s |     req/s |  CPU s | req/CPU-s |  p50 ms |  p99 ms | busy, %% | wrk CPU %% | other s |\n", unit, what
  dashes = "----------------------"
  print "|--------|--" substr(dashes, 1, width) "|-----------|--------|-----------|---------|---------|---------|----------|--------|"
}
$9 == 0 { print "no CPU time was counted for " $2 > "/dev/stderr"; failed = 1; exit 2 }
{
  seconds = $4 / 1e6
  R["cpu"] = $9 / hz; R["rps"] = $3 / seconds; R["per_cpu"] = $3 / R["cpu"]; R["p50"] = $7 / 1e3; R["p99"] = $8 / 1e3
  R["busy"] = 100 * R["cpu"] / seconds; R["wrk"] = 100 * ($11 + $12) / seconds
  R["other"] = ($10 - $9) / hz; R["bytes"] = $6 / $3
  for (i = 1; i <= names; i++) figure[name[i], $2, $1] = R[name[i]]
  ticks[$2] += $9
  if ($1 > rounds) rounds = $1
  row($1, $2)
}
