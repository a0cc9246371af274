import type { Answer, Server } from './ask.ts';
import { type Comparable, comparable, differences } from './comparable.ts';
import { nextRequest } from './pages.ts';
import { type Area, describe, type Question, type Request } from './question.ts';

/** One behavior: what both servers said to one request. */
export interface Behavior {
  operation: string;
  area: Area;
  /** The request: `GET /members?limit=2`. */
  request: string;
  /** `changed`: the server's own answer was another one when it was asked again. */
  result: 'equal' | 'different' | 'changed';
  /** Where the answers differ, with both values; undefined where an answer has none there. */
  differences: { path: string; original: unknown; copy: unknown }[];
}

/** How many questions are under way at a time. */
const concurrency = 4;

/** Asks both servers all questions. The behaviors are in the order of the questions. */
export async function compare(
  questions: readonly Question[],
  original: Server,
  copy: Server,
): Promise<Behavior[]> {
  const results: Behavior[][] = questions.map(() => []);
  let next = 0;
  const work = async () => {
    while (next < questions.length) {
      const index = next;
      next += 1;
      const question = questions[index];
      if (question) results[index] = await answer(question, original, copy);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results.flat();
}

async function answer(question: Question, original: Server, copy: Server): Promise<Behavior[]> {
  const behaviors: Behavior[] = [];
  let requests: [Request, Request] | undefined = [question.request, question.request];
  for (let page = 1; requests && page <= (question.follow?.pages ?? 1); page += 1) {
    const [ours, theirs]: [Asked, Asked] = await Promise.all([
      ask(question, requests[0], original),
      ask(question, requests[1], copy),
    ]);
    const paths = differences(ours.comparable, theirs.comparable);
    const isChanged =
      paths.length > 0 &&
      differences(ours.comparable, (await ask(question, requests[0], original)).comparable).length >
        0;
    behaviors.push({
      operation: question.operation.iid,
      area: page > 1 ? 'cursors' : question.area,
      request:
        describe(question.request) +
        (page > 1 ? `, page ${page}` : '') +
        (question.sendsTag ? ', if-none-match: its ETag' : ''),
      result: paths.length === 0 ? 'equal' : isChanged ? 'changed' : 'different',
      differences: paths.map((path) => ({
        path,
        original: ours.comparable[path],
        copy: theirs.comparable[path],
      })),
    });
    const list = question.follow?.list;
    const following: (Request | undefined)[] | undefined = list && [
      nextRequest(list, requests[0], ours.answer),
      nextRequest(list, requests[1], theirs.answer),
    ];
    // Where one of them ends before the other, their last pages differ.
    requests = following?.[0] && following[1] ? [following[0], following[1]] : undefined;
  }
  return behaviors;
}

interface Asked {
  answer: Answer;
  comparable: Comparable;
}

async function ask(question: Question, request: Request, server: Server): Promise<Asked> {
  const { operation, sendsTag } = question;
  const isHead = request.method === 'HEAD';
  const plain =
    sendsTag || isHead ? await server.ask(operation, { ...request, method: 'GET' }) : undefined;
  const tag = sendsTag ? plain?.headers['etag'] : undefined;
  const headers =
    tag === undefined ? request.headers : { ...request.headers, 'if-none-match': tag };
  const answer = await server.ask(operation, { ...request, headers });
  return { answer, comparable: comparable(question, answer, plain) };
}
