// Runs one task with one contender in one process, and prints the measurement as JSON.
import { type Contender, createCaller, pagesOf, stubFetch } from './contenders.ts';

const [task, name = 'floor', amount = '1000'] = process.argv.slice(2);
const contender = name as Contender;
const count = Number(amount);

if (task === 'list' || task === 'retrieve' || task === 'update') {
  const caller = await createCaller(contender, stubFetch(await pagesOf(1, 20)));
  const query = { limit: 20, emails: ['ada@example.com', 'grace.hopper@example.com'] };
  const calls = {
    list: () => caller.list(query),
    retrieve: () => caller.retrieve('user_abc'),
    update: () => caller.update('user_abc', { role: 'owner' }),
  };
  const call = calls[task];
  for (let i = 0; i < count / 4; i += 1) await call();
  const before = process.cpuUsage();
  for (let i = 0; i < count; i += 1) await call();
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify((user + system) / count));
} else {
  // A walk over pages of 100 users, and its peak memory beyond the memory at the start.
  const pages = await pagesOf(count, 100);
  const { list } = await createCaller(contender, stubFetch(pages));
  await list({ limit: 100 });
  globalThis.gc?.();
  const base = process.memoryUsage().rss;
  let most = base;
  const started = performance.now();
  let after = '';
  let users = 0;
  for (let i = 0; i < count; i += 1) {
    const page = await list(after ? { limit: 100, after } : { limit: 100 });
    users += page.data.length;
    after = page.last_id ?? '';
    if (i % 10 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  const time = performance.now() - started;
  if (users !== count * 100) throw new Error(`${contender} walked ${users} users.`);
  console.log(JSON.stringify({ time, memory: (most - base) / 1e6 }));
}
