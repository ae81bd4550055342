import { RedisScript } from './redis-script';
import { BUCKETS_PER_WINDOW } from './window-series';

/**
 * The rules of `WindowSeries` and `BurstSeries` in Lua, one script for each operation, so that a
 * request is one round trip and one atomic step. Numbers are written out in full, because Lua's own
 * conversion drops digits after the fourteenth and Redis cuts off fractions.
 *
 * A window is a hash: `s` sum, `h` and `t` first and last bucket, `c<n>` count and `l<n>` last moment of
 * bucket n. A burst is a string. Slots are a sorted set of leases by the time at which they end.
 */
const COMMON = `
local a = cjson.decode(ARGV[1])
local now = a.now
if now == nil or now == cjson.null then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function int(n) return string.format('%.0f', n) end
local function num(n) return string.format('%.17g', n) end

local function prune(key, windowMs)
  local f = redis.call('HMGET', key, 's', 'h', 't')
  if not f[1] then return 0 end
  local sum, head, tail = tonumber(f[1]), tonumber(f[2]), tonumber(f[3])
  local newest = redis.call('HGET', key, 'l' .. int(tail))
  if not newest or tonumber(newest) + windowMs <= now then
    redis.call('DEL', key)
    return 0
  end
  local first = head
  while head < tail do
    local c, l = 'c' .. int(head), 'l' .. int(head)
    local bucket = redis.call('HMGET', key, c, l)
    if bucket[1] then
      if tonumber(bucket[2]) + windowMs > now then break end
      sum = sum - tonumber(bucket[1])
      redis.call('HDEL', key, c, l)
    end
    head = head + 1
  end
  if head ~= first then redis.call('HSET', key, 's', int(sum), 'h', int(head)) end
  return sum, head, tail, tonumber(newest)
end

local function add(key, windowMs, amount)
  local sum, head, tail, newest = prune(key, windowMs)
  local at = math.max(now, newest or now)
  local index = math.floor(at * ${BUCKETS_PER_WINDOW} / windowMs)
  redis.call('HINCRBY', key, 'c' .. int(index), int(amount))
  redis.call('HSET', key, 's', int(sum + amount), 'h', int(head or index), 't', int(index), 'l' .. int(index), num(at))
  redis.call('PEXPIRE', key, int(windowMs + 1000))
  return index
end

local function refund(key, windowMs, index, amount)
  local sum = prune(key, windowMs)
  local count = tonumber(redis.call('HGET', key, 'c' .. int(index)) or '0')
  local back = math.min(amount, count)
  if back <= 0 then return end
  redis.call('HINCRBY', key, 'c' .. int(index), int(-back))
  redis.call('HSET', key, 's', int(sum - back))
end
`;

/**
 * Reads every limit of a plan; with `take` also takes from all of them when none objects. KEYS: the
 * windows, then the burst, then the slots, as far as the plan has them. Answers `granted`, the time, for
 * each window used, wait, reset and bucket, then wait and room of the burst, then requests in flight.
 */
export const ACQUIRE = new RedisScript(`${COMMON}
local granted = true
local windows = {}
for i, w in ipairs(a.windows) do
  local key = KEYS[i]
  local used, head, tail, newest = prune(key, w.windowMs)
  local excess, wait, reset = used + w.cost - w.limit, 0, 0
  if newest then reset = newest + w.windowMs - now end
  if excess > 0 then
    granted = false
    local freed = 0
    while head and head <= tail and freed < excess do
      local bucket = redis.call('HMGET', key, 'c' .. int(head), 'l' .. int(head))
      if bucket[1] then
        freed = freed + tonumber(bucket[1])
        wait = tonumber(bucket[2]) + w.windowMs - now
      end
      head = head + 1
    end
  end
  windows[i] = { used, wait, reset, 0 }
end

local k = #a.windows
local burstWait, burstRoom, expected, burstKey = 0, 0, 0, nil
if a.burst then
  k = k + 1
  burstKey = KEYS[k]
  expected = tonumber(redis.call('GET', burstKey) or '0')
  local tolerance = a.burst.burst * a.burst.intervalMs
  local wait = expected - tolerance - now
  if wait > a.epsilon then
    burstWait = wait
    granted = false
  end
  local ahead = math.max(0, expected - now)
  burstRoom = math.max(0, math.floor((tolerance - ahead + a.epsilon) / a.burst.intervalMs) + 1)
end

local inFlight, slotKey = 0, nil
if a.slots then
  k = k + 1
  slotKey = KEYS[k]
  redis.call('ZREMRANGEBYSCORE', slotKey, '-inf', num(now))
  inFlight = redis.call('ZCARD', slotKey)
  if inFlight >= a.slots.limit then granted = false end
end

if granted and a.take then
  for i, w in ipairs(a.windows) do windows[i][4] = add(KEYS[i], w.windowMs, w.cost) end
  if burstKey then
    expected = math.max(expected, now) + a.burst.intervalMs
    redis.call('SET', burstKey, num(expected), 'PX', int(math.ceil(expected - now) + a.burst.windowMs))
  end
  if slotKey then
    redis.call('ZADD', slotKey, num(now + a.slots.leaseMs), a.slots.member)
    redis.call('PEXPIRE', slotKey, int(a.slots.leaseMs * 2))
  end
end

local out = { granted and '1' or '0' }
for _, w in ipairs(windows) do
  for j = 1, 4 do out[#out + 1] = num(w[j]) end
end
out[#out + 1] = num(burstWait)
out[#out + 1] = num(burstRoom)
out[#out + 1] = num(inFlight)
return out
`);

/** Puts charges right, gives a burst back and frees a slot, each as far as asked for. KEYS in that order. */
export const CORRECT = new RedisScript(`${COMMON}
for i, c in ipairs(a.charges) do
  if c.amount > 0 then
    add(KEYS[i], c.windowMs, c.amount)
  elseif c.amount < 0 then
    refund(KEYS[i], c.windowMs, c.bucket, -c.amount)
  end
end
local k = #a.charges
if a.burstIntervalMs then
  k = k + 1
  local expected = redis.call('GET', KEYS[k])
  if expected then redis.call('SET', KEYS[k], num(tonumber(expected) - a.burstIntervalMs), 'KEEPTTL') end
end
if a.member then redis.call('ZREM', KEYS[k + 1], a.member) end
return 1
`);

/** Prolongs the leases of requests in flight. */
export const RENEW = new RedisScript(`${COMMON}
for _, member in ipairs(a.members) do
  redis.call('ZADD', KEYS[1], num(now + a.leaseMs), member)
end
redis.call('PEXPIRE', KEYS[1], int(a.leaseMs * 2))
return 1
`);
