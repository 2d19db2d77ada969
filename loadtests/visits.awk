# Turns the slices of loadtests/visits into a Markdown report, with measure.awk before it. Given: with_all, ticks of the server that
# counts visits from its first slice until all of them were in the store.
END {
  if (failed) exit 2
  median_row("with"); median_row("without")
  for (i = 1; i <= rounds; i++) {
    r = figure["rps", "with", i] / figure["rps", "without", i]
    if (i == 1 || r < low) low = r
    if (i == 1 || r > high) high = r
  }
  printf "\n**Ratio of the medians of req/s, with / without: %.3f** (pair by pair: %.3f to %.3f)\n\n",
    M["rps", "with"] / M["rps", "without"], low, high
  per_cpu = M["per_cpu", "with"] / M["per_cpu", "without"]
  printf "Of req/CPU-s: %.3f; charged also with the CPU that it used between its slices (%.2f s, visits counted late): %.3f\n",
    per_cpu, (with_all - ticks["with"]) / hz, per_cpu * ticks["with"] / with_all
}
