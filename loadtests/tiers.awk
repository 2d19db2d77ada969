# Turns the slices of loadtests/tiers into a Markdown report, with measure.awk before it. A line of a server has one more column:
# what part of its visits came from its tier, in percent.
function least(server,    i, found) {
  for (i = 1; i <= rounds; i++) if (i == 1 || share[server, i] < found) found = share[server, i]
  return found
}
function spread(server,    i, v, low, high) { # of redirects per CPU-second over the rounds
  for (i = 1; i <= rounds; i++) {
    v = figure["per_cpu", server, i]
    if (i == 1 || v < low) low = v
    if (i == 1 || v > high) high = v
  }
  return sprintf("%.0f to %.0f", low, high)
}
function medians(label, server) {
  return sprintf("| %-9s | %6.0f | %6.0f (%s) | %5.2f | %5.2f | %3.0f |", label, M["rps", server], M["per_cpu", server],
    spread(server), M["p50", server], M["p99", server], M["busy", server])
}
function part(micros, whole) { return sprintf("%.1f (%.0f%%)", micros, 100 * micros / whole) }
function cost(server) { return 1e6 / M["per_cpu", server] }
function split_up(label, server, client,    whole) {
  whole = cost(server)
  printf "| %-9s | %5.1f | %s | %s | %s |\n", label, whole, part(cost("memory"), whole), part(cost(client), whole),
    part(whole - cost("memory") - cost(client), whole)
}
{ share[$2, $1] = $13 }
END {
  if (failed) exit 2
  n = split("memory redis redis-client cassandra cassandra-client", all, " ")
  for (i = 1; i <= n; i++) median_row(all[i])
  print "\n## Redirects, medians of the slices\n"
  print "| link found in | redirects/s | redirects/CPU-s (least to most) | p50 ms | p99 ms | busy, % | found there, %, at least |"
  print "|-----------|--------|--------|-------|-------|-----|-----|"
  print medians("memory", "memory"), least("memory") " |"
  print medians("Redis", "redis"), least("redis") " |"
  print medians("Cassandra", "cassandra"), least("cassandra") " |"
  print "\n## The same reads by the client library alone, medians of the slices\n"
  print "| of        | reads/s | reads/CPU-s (least to most) | p50 ms | p99 ms | busy, % |"
  print "|-----------|--------|--------|-------|-------|-----|"
  print medians("Redis", "redis-client")
  print medians("Cassandra", "cassandra-client")
  print "\n## The server's CPU time a redirect, in microseconds\n"
  print "| link found in | all | HTTP and memory | client library | the rest |"
  print "|-----------|-------|-------|-------|-------|"
  printf "| %-9s | %5.1f | %s | 0 | 0 |\n", "memory", cost("memory"), part(cost("memory"), cost("memory"))
  split_up("Redis", "redis", "redis-client")
  split_up("Cassandra", "cassandra", "cassandra-client")
  print "\nHow to read it: loadtests/README.md. CPU time is that of our server's process, or of the program that has the client library"
  print "alone, and of nothing else: what wrk, Redis and Cassandra used on the other core is in no figure."
}
