// Makes a request from a specification, as the server does from the same one.

/** Byte number i is i modulo 251. */
export function bytes(size) {
	const array = new Uint8Array(size);
	for (let i = 0; i < size; i++) {
		array[i] = i % 251;
	}
	return array;
}

/** Put in the origins that are only known now. */
export function resolve(text, origins) {
	return text.replaceAll('${upstream}', origins.upstream).replaceAll('${sibling}', origins.sibling)
		.replaceAll('${closed}', origins.closed);
}

function form(body) {
	const data = new FormData();
	for (const [name, value] of body.fields ?? []) {
		data.append(name, value);
	}
	for (const { name, filename, size } of body.files ?? []) {
		data.append(name, new File([bytes(size)], filename, { type: 'application/octet-stream' }));
	}
	return data;
}

function payload(body, file) {
	switch (body?.kind) {
		case 'text': return body.text;
		case 'bytes': return bytes(body.size);
		case 'form': return form(body);
		case 'file': return file;
		default: return null;
	}
}

const TYPES = ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'];

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

function sorted(value) {
	if (Array.isArray(value)) {
		return value.map(sorted);
	}
	if (value !== null && typeof value === 'object') {
		return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
	}
	return value;
}

async function content(xhr) {
	const { response } = xhr;
	if (response === null || response === undefined) {
		return { contentLength: -1, digest: null };
	}
	let data = response;
	if (response instanceof Blob) {
		data = await response.arrayBuffer();
	}
	else if (response instanceof Document) {
		// the element, as a browser puts an XML declaration before the document, which is not part of it
		data = new XMLSerializer().serializeToString(response.documentElement);
	}
	else if (xhr.responseType === 'json') {
		data = JSON.stringify(sorted(response));
	}
	if (typeof data === 'string') {
		data = new TextEncoder().encode(data);
	}
	return { contentLength: data.byteLength, digest: hex(await crypto.subtle.digest('SHA-256', data)) };
}

async function outcome(xhr, thrown) {
	return {
		readyState: xhr.readyState, status: xhr.status, statusText: xhr.statusText, responseURL: xhr.responseURL,
		headers: xhr.getAllResponseHeaders(), responseType: xhr.responseType, ...await content(xhr), thrown
	};
}

function matches(abort, event) {
	const name = (event.target === 'upload') ? `upload.${event.type}` : event.type;
	return name === abort?.on && (abort.readyState == null || abort.readyState === event.readyState)
		&& (abort.loaded == null || event.loaded >= abort.loaded);
}

/** A request of the browser's own, followed to its end. */
export class BrowserRun {

	#xhr = new XMLHttpRequest();

	#events = [];

	#aborted = false;

	#finish;

	#start = 0;

	#finished = new Promise((resolved) => { this.#finish = resolved; });

	/** Run to the end, calling `onEvent` for each event; gives the log. */
	async run(spec, origins, file, onEvent) {
		const xhr = this.#xhr;
		const data = payload(spec.body, file);
		const listener = (target) => (event) => this.#show(target, event, spec.abort, onEvent);
		for (const type of ['readystatechange', ...TYPES]) {
			xhr.addEventListener(type, listener('request'));
			if (spec.uploadListeners !== false && type !== 'readystatechange') {
				xhr.upload.addEventListener(type, listener('upload'));
			}
		}
		let thrown = null;
		let timer;
		this.#start = performance.now();
		try {
			xhr.open(spec.method ?? 'GET', resolve(spec.url, origins), spec.async !== false, spec.user, spec.password);
			if (spec.abort?.afterMs != null) {
				timer = setTimeout(() => this.abort(), spec.abort.afterMs);
			}
			this.#prepare(spec);
			xhr.send(data);
			if (spec.async === false) {
				this.#finish();
			}
		}
		catch (error) {
			thrown = error.name;
			this.#finish();
		}
		await this.#finished;
		clearTimeout(timer);
		return { events: this.#events, result: await outcome(xhr, thrown) };
	}

	#prepare(spec) {
		const xhr = this.#xhr;
		for (const [name, value] of spec.headers ?? []) {
			xhr.setRequestHeader(name, value);
		}
		if (spec.responseType) {
			xhr.responseType = spec.responseType;
		}
		if (spec.timeout > 0) {
			xhr.timeout = spec.timeout;
		}
		xhr.withCredentials = spec.withCredentials === true;
		if (spec.overrideMimeType != null) {
			xhr.overrideMimeType(spec.overrideMimeType);
		}
	}

	#show(target, event, abort, onEvent) {
		const isProgress = event instanceof ProgressEvent;
		const shown = {
			target, type: event.type, readyState: this.#xhr.readyState, status: this.#xhr.status,
			loaded: isProgress ? event.loaded : null, total: isProgress ? event.total : null,
			lengthComputable: isProgress ? event.lengthComputable : null,
			at: Math.round((performance.now() - this.#start) * 10) / 10
		};
		this.#events.push(shown);
		onEvent(shown);
		if (!this.#aborted && matches(abort, shown)) {
			this.abort();
		}
		if (target === 'request' && event.type === 'loadend') {
			// an abort() sets the state to UNSENT after its last event
			setTimeout(this.#finish, 0);
		}
	}

	/** After some aborts no last event comes. */
	abort() {
		this.#aborted = true;
		this.#xhr.abort();
		setTimeout(() => {
			if (this.#xhr.readyState === XMLHttpRequest.UNSENT) {
				this.#finish();
			}
		}, 100);
	}

}
