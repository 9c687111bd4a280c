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

async function explain(response) {
	const text = await response.text();
	try {
		return JSON.parse(text).error ?? `status ${response.status}`;
	}
	catch {
		return `status ${response.status}`;
	}
}

/** Hand a file to the server, so that it can send it too. */
async function keep(file) {
	const response = await fetch(`api/files?name=${encodeURIComponent(file.name)}`, {
		method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream', 'X-Type': file.type }
	});
	if (!response.ok) {
		throw new Error(`the server does not take the file: ${await explain(response)}`);
	}
	return (await response.json()).file;
}

/** A request of the server's, followed to its end. */
export class ServerRun {

	#id;

	#abortWanted = false;

	/** Run to the end, calling `onStart` when it begins and `onEvent` for each event; gives the log. */
	async run(spec, file, onStart, onEvent) {
		const sent = (spec.body?.kind === 'file') ? { ...spec, body: { kind: 'file', file: await keep(file) } } : spec;
		const response = await fetch('api/runs', {
			method: 'POST', body: JSON.stringify(sent), headers: { 'Content-Type': 'application/json' }
		});
		if (!response.ok) {
			throw new Error(await explain(response));
		}
		const events = [];
		for await (const { name, data } of messages(response)) {
			if (name === 'run') {
				this.#id = data.id;
				onStart();
				if (this.#abortWanted) {
					await this.abort();
				}
			}
			else if (name === 'xhr') {
				events.push(data);
				onEvent(data);
			}
			else if (name === 'end') {
				return { events, ...data };
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
