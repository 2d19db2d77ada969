# Turns the slices of loadtests/store-down into a Markdown report, with measure.awk before it.
END {
  if (failed) exit 2
  median_row("before"); median_row("away"); median_row("after")
  for (i = 1; i <= rounds; i++) if (figure["p99", "away", i] > worst) worst = figure["p99", "away", i]
  printf "\n**Ratio of the medians of p99, away / before: %.3f** (the worst slice against the median before: %.3f; after / before: %.3f)\n",
    M["p99", "away"] / M["p99", "before"], worst / M["p99", "before"], M["p99", "after"] / M["p99", "before"]
}
