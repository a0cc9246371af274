/** Cases that are judged wrong: each of them fails its test as soon as it is judged right. */
export const pending: ReadonlySet<string> = new Set([]);
