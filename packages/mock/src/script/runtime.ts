/** What every script begins with: the client, and the functions that its steps use. */
export function helpers(steps: number): string {
  return code.replace('%steps', String(steps));
}

const code = `const client = new OrgClient();
const steps = %steps;
let done = 0;
let stopped = false;

/** Makes a call, if its guards find nothing wrong. */
async function step(title, guards, call) {
  if (stopped) return undefined;
  for (const guard of guards) {
    const problem = await Promise.resolve()
      .then(guard)
      .catch((error) => \`the check failed: \${error.message}\`);
    if (problem) return stop(\`Stopped before step \${done + 1} of \${steps}, \${title}: \${problem}.\`);
  }
  try {
    const result = await call();
    done += 1;
    console.log(\`\${done} of \${steps}: \${title}\`);
    return result;
  } catch (error) {
    const effect = error.status === undefined ? ', and may have had an effect' : '';
    return stop(\`Step \${done + 1} of \${steps}, \${title}, failed\${effect}: \${error.message}\`);
  }
}

function stop(problem) {
  stopped = true;
  process.exitCode = 1;
  console.error(problem);
  console.error(\`Done so far: \${done} of \${steps} steps\${done === 0 ? '' : ', which are listed above'}.\`);
}

/** Finds an item as it was in the mock. Null is as good as a missing property. */
async function same(read, found) {
  const item = await readItem(read);
  if (item === undefined) return 'it does not exist';
  const name = Object.keys(found).find(
    (one) => !isDeepStrictEqual(item[one] ?? null, found[one] ?? null),
  );
  if (name === undefined) return undefined;
  return \`\${name} is \${JSON.stringify(item[name] ?? null)}, but was \${JSON.stringify(found[name] ?? null)} in the mock\`;
}

/** Finds no such item. */
async function missing(read) {
  const item = await readItem(read);
  return item === undefined ? undefined : 'it exists already';
}

/** Finds these items in a list, and no others. */
async function only(name, list, items) {
  const gone = new Set(items);
  for await (const item of list) {
    const known = items.find((one) => has(item, one));
    if (!known) return \`\${name} has \${JSON.stringify(item.id ?? item)}, which the mock did not have\`;
    gone.delete(known);
  }
  const [first] = gone;
  return first && \`\${name} lacks \${JSON.stringify(first)}, which the mock had\`;
}

async function readItem(read) {
  try {
    return await read();
  } catch (error) {
    if (error.status === 404) return undefined;
    throw error;
  }
}

/** The first item of a list with these values. */
async function find(list, values) {
  const entries = Object.entries(values);
  for await (const item of list) {
    if (entries.every(([name, value]) => has(item[name], value))) return item;
  }
  return undefined;
}

/** Whether a value is another one, or an object that has at least its properties. */
function has(value, wanted) {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  return Object.entries(wanted).every(([name, part]) => has(value?.[name], part));
}

function unchecked(reason) {
  return reason;
}

function noID(id) {
  throw new Error(\`the response of the call that created \${id} has no id\`);
}`;
