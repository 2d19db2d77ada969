-- wrk script: follows every link of a file (path, tab, destination; a line a link) in a shuffled
-- order that is the same in every run. The requests are built once, so that wrk does as little as it can.
-- With PAUSE_MS in the environment a connection waits so long, on average, before each request: less than all it could take.
local requests, next_one = {}, 0
local pause = tonumber(os.getenv("PAUSE_MS") or "")

if pause then
   function delay() return math.random(0, 2 * pause) end
end

function init(args)
   for line in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("GET", line:match("^[^\t]+"))
   end
   math.randomseed(20)
   for i = #requests, 2, -1 do
      local j = math.random(i)
      requests[i], requests[j] = requests[j], requests[i]
   end
end

function request()
   next_one = next_one % #requests + 1
   return requests[next_one]
end

-- One line for the caller: answers, microseconds, errors, bytes, p50 and p99 in microseconds.
-- There is no response callback on purpose: it would make wrk the bottleneck.
function done(summary, latency)
   local e = summary.errors
   io.write(string.format("FIGURES %d %d %d %d %d %d\n", summary.requests, summary.duration,
      e.connect + e.read + e.write + e.status + e.timeout, summary.bytes,
      latency:percentile(50), latency:percentile(99)))
end
