import { MemoryBreakers } from './breaker';
import { breakersContract } from './breakers.contract';

breakersContract('in memory', (clock, changed, stored = []) => {
  const breakers = new MemoryBreakers(clock, changed);
  breakers.load(stored);
  return breakers;
});
