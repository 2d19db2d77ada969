# Turns the slices of loadtests/nginx-ratio into a Markdown report. A line a slice: pair, server,
# answers, microseconds, errors, bytes, p50, p99, server ticks, server-core ticks, wrk user s, wrk system s.
function median(name, server,    n, i, j, v, sorted) {
  n = 0
  for (i = 1; i <= pairs; i++) {
    v = figure[name, server, i]
    for (j = n++; j > 0 && sorted[j] > v; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = v
  }
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
function row(label, server) {
  printf "| %-6s | %-6s | %9.0f | %6.2f | %9.0f | %7.2f | %7.2f | %7.0f | %8.0f | %6.2f |\n", label, server, R["rps"], R["cpu"],
    R["per_cpu"], R["p50"], R["p99"], R["busy"], R["wrk"], R["other"]
}
BEGIN {
  names = split("rps cpu per_cpu p50 p99 busy wrk other bytes", name, " ")
  print "| pair   | server |     req/s |  CPU s | req/CPU-s |  p50 ms |  p99 ms | busy, % | wrk CPU % | other s |"
  print "|--------|--------|-----------|--------|-----------|---------|---------|---------|----------|--------|"
}
$9 == 0 { print "no CPU time was counted for " $2 > "/dev/stderr"; failed = 1; exit 2 }
{
  seconds = $4 / 1e6
  R["cpu"] = $9 / hz; R["rps"] = $3 / seconds; R["per_cpu"] = $3 / R["cpu"]; R["p50"] = $7 / 1e3; R["p99"] = $8 / 1e3
  R["busy"] = 100 * R["cpu"] / seconds; R["wrk"] = 100 * ($11 + $12) / seconds
  R["other"] = ($10 - $9) / hz; R["bytes"] = $6 / $3
  for (i = 1; i <= names; i++) figure[name[i], $2, $1] = R[name[i]]
  ticks[$2] += $9
  if ($1 > pairs) pairs = $1
  row($1, $2)
}
END {
  if (failed) exit 2
  split("nginx ours", servers, " ")
  for (s = 1; s <= 2; s++) {
    for (i = 1; i <= names; i++) R[name[i]] = M[name[i], servers[s]] = median(name[i], servers[s])
    row("median", servers[s])
  }
  for (i = 1; i <= pairs; i++) {
    r = figure["per_cpu", "ours", i] / figure["per_cpu", "nginx", i]
    figure["ratio", "pair", i] = r
    if (i == 1 || r < least) least = r
    if (i == 1 || r > most) most = r
  }
  ratio = M["per_cpu", "ours"] / M["per_cpu", "nginx"]
  printf "\n**Ratio of the medians, ours / nginx: %.3f** (pair by pair: %.3f to %.3f, median %.3f)\n\n", \
    ratio, least, most, median("ratio", "pair")
  printf "Charged also with the CPU that ours used between its slices (%.2f s, work put off until later): %.3f\n\n", \
    (ours_all - ticks["ours"]) / hz, ratio * ticks["ours"] / ours_all
  printf "Bytes an answer: nginx %.0f, ours %.0f\n\n", M["bytes", "nginx"], M["bytes", "ours"]
  print "How to read it: req/CPU-s is answers divided by the CPU seconds (user + system, all threads) that the"
  print "server used meanwhile; it is the figure to compare, higher is better, and a ratio of 1 is as cheap as"
  print "nginx. req/s depends on wrk as well. Latencies are those of a closed loop at full load: compare them"
  print "only with each other. 'busy' is the server's share of its core; 'other' is what else ran on that core,"
  print "0 on a quiet machine (10 ms ticks, so a few hundredths either way mean nothing)."
  for (s = 1; s <= 2; s++) if (M["wrk", servers[s]] > 95) {
    printf "\nNote: against %s wrk filled its own core (%.0f%%; the server's was %.0f%% busy), so that req/s may be\n", \
      servers[s], M["wrk", servers[s]], M["busy", servers[s]]
    print "wrk's limit and not the server's. req/CPU-s stands: it counts what the server used, not the time."
  }
  if (M["other", "nginx"] > 0.1 || M["other", "ours"] > 0.1)
    print "\nNote: something else ran on the server's core. If only in nginx's slices, it is work that our server\n" \
      "put off (see the line above that charges it); if not, measure again on a quiet machine."
}
