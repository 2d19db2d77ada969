# Turns the slices of loadtests/nginx-ratio into a Markdown report, with measure.awk before it.
END {
  if (failed) exit 2
  split("nginx ours", servers, " ")
  for (s = 1; s <= 2; s++) median_row(servers[s])
  for (i = 1; i <= rounds; i++) {
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
