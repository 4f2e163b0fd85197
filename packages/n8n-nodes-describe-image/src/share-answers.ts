import type { Answer, Call } from '@describe-image/core/protocol';

/** Equal look-ups of one run are made once, whether they succeed or not: the run is a moment, and sees one state of things. */
export function shareAnswers(call: Call): Call {
  const answers = new Map<string, Promise<unknown>>();
  return (operation, input, options) => {
    const key = `${operation.action} ${JSON.stringify(input)}`;
    const known = answers.get(key);
    // The same operation gave the promise, so it has the same output.
    if (known !== undefined) return known as Promise<Answer<never>>;
    const answer = call(operation, input, options);
    answers.set(key, answer);
    return answer;
  };
}
