/**
 * One breaker's state machine as a script, so that replicas see one state and exactly one of them probes.
 * KEYS[1] is the breaker, ARGV[1] a JSON object with `op`; answers JSON with the state after it. It is the
 * same machine as MemoryBreakers; one contract test holds both to it.
 */
export const BREAKER_SCRIPT = `
local a = cjson.decode(ARGV[1])
local raw = redis.call('GET', KEYS[1])
local c = raw and cjson.decode(raw) or nil
local now = a.now
if now == nil then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local reply = {}
local dirty = false
local loud = false

local function close()
  if c.state ~= 'closed' then loud = true end
  c.state = 'closed'
  c.failureCount = 0
  c.openedAt = nil
  c.probeSince = nil
  dirty = true
end

local function waitMs()
  if c.state == 'open' then return math.max(0, c.openedAt + c.timeoutMs - now) end
  if c.probeSince == nil then return 0 end
  return math.max(0, c.probeSince + a.probeLostMs - now)
end

if a.op == 'admit' then
  if c and c.state ~= 'closed' then
    local wait = waitMs()
    if wait > 0 then
      reply.waitMs = wait
    else
      c.state = 'half_open'
      c.probeSince = now
      reply.probe = true
      dirty = true
      loud = true
    end
  end
elseif a.op == 'succeeded' then
  if c and (c.state == 'closed' or a.probe) and (c.state ~= 'closed' or c.failureCount > 0) then close() end
elseif a.op == 'failed' then
  if not c then
    c = { tenantId = a.tenantId, provider = a.provider, state = 'closed', failureCount = 0, timeoutMs = a.timeoutMs }
  end
  c.failureCount = c.failureCount + 1
  c.lastFailureAt = now
  dirty = true
  local opens
  if a.probe then opens = c.state == 'half_open'
  else opens = c.state == 'closed' and c.failureCount >= a.threshold end
  if opens then
    c.state = 'open'
    c.timeoutMs = a.timeoutMs
    c.openedAt = now
    c.probeSince = nil
    loud = true
  end
elseif a.op == 'unknown' then
  if a.probe and c and c.state == 'half_open' then
    c.probeSince = nil
    dirty = true
    loud = true
  end
elseif a.op == 'reset' then
  if c then close() end
elseif a.op == 'seed' then
  if not c then
    c = a.cell
    dirty = true
  end
end

if dirty then
  c.rev = (c.rev or 0) + 1
  redis.call('SET', KEYS[1], cjson.encode(c), 'PX', a.keepMs)
  if loud then redis.call('PUBLISH', a.channel, cjson.encode(c)) end
end
reply.cell = c
reply.loud = loud
return cjson.encode(reply)
`;
