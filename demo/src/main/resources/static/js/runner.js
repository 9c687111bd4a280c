// Talks to the server: runs a scenario there and reads its events as they happen.

/** The messages of a stream of server-sent events, as { name, data }. */
async function* messages(response) {
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let buffer = '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) {
			return;
		}
		buffer += value;
		const blocks = buffer.split('\n\n');
		buffer = blocks.pop();
		for (const block of blocks) {
			const message = parse(block);
			if (message.data !== '') {
				yield { name: message.name, data: JSON.parse(message.data) };
			}
		}
	}
}

function parse(block) {
	const message = { name: 'message', data: '' };
	for (const line of block.split('\n')) {
		const colon = line.indexOf(':');
		const field = line.slice(0, colon);
		const value = line.slice(colon + 1).replace(/^ /, '');
		if (field === 'event') {
			message.name = value;
		}
		else if (field === 'data') {
			message.data += value;
		}
	}
	return message;
}

/** A scenario as it runs on the server. */
export class Run {

	#id;

	#abortWanted = false;

	/** Run to the end, calling `onEvent` for each event; gives the result. */
	async start(scenario, onEvent) {
		const response = await fetch(`api/runs?scenario=${encodeURIComponent(scenario.id)}`, { method: 'POST' });
		if (!response.ok) {
			throw new Error(`the demo answered with status ${response.status}`);
		}
		for await (const { name, data } of messages(response)) {
			if (name === 'run') {
				this.#id = data.id;
				if (this.#abortWanted) {
					await this.abort();
				}
			}
			else if (name === 'xhr') {
				onEvent(data);
			}
			else if (name === 'end') {
				return data;
			}
		}
		throw new Error('the demo has ended');
	}

	/** Call abort() of the server's request, which ends the run as any end does. */
	async abort() {
		this.#abortWanted = true;
		if (this.#id !== undefined) {
			await fetch(`api/runs/${this.#id}`, { method: 'DELETE' });
		}
	}

}
