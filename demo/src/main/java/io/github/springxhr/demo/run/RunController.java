package io.github.springxhr.demo.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

import io.github.springxhr.demo.DemoProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

/**
 * What the page talks to. It takes JSON and binary data only, which pages of other
 * origins cannot send without being let in.
 */
@RestController
@RequestMapping("/api")
class RunController {

	private final List<Scenario> scenarios;

	private final Origins origins;

	private final Runs runs;

	private final ChosenFiles files;

	RunController(DemoProperties properties, Origins origins, Runs runs, ChosenFiles files) {
		this.scenarios = properties.scenarios();
		this.origins = origins;
		this.runs = runs;
		this.files = files;
	}

	@GetMapping("/scenarios")
	List<Scenario> scenarios() {
		return this.scenarios;
	}

	@GetMapping("/origins")
	Origins.Shown origins() {
		return this.origins.shown();
	}

	@PostMapping(path = "/runs", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Flux<?>> run(@RequestBody Spec spec) {
		SpecValidator.validate(spec);
		Spec resolved = new Spec(spec.id(), spec.method(), this.origins.resolve(spec.url()), spec.async(), spec.user(),
				spec.password(), spec.headers(), spec.responseType(), spec.timeout(), spec.withCredentials(),
				spec.overrideMimeType(), spec.uploadListeners(), spec.body(), spec.abort());
		try {
			return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(this.runs.start(resolved));
		}
		catch (RejectedExecutionException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage());
		}
	}

	@DeleteMapping("/runs/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void abort(@PathVariable String id) {
		if (!this.runs.abort(id)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such run");
		}
	}

	@PostMapping(path = "/files", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
	Mono<Map<String, String>> file(@RequestParam(defaultValue = "file") String name,
			@RequestHeader(name = "X-Type", defaultValue = "") String type, @RequestBody Flux<DataBuffer> content) {
		return this.files.keep(name, type, content).map((id) -> Map.of("file", id));
	}

	@ExceptionHandler
	ResponseEntity<Map<String, @Nullable String>> invalid(InvalidSpecException ex) {
		return error(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<Map<String, @Nullable String>> tooLarge(DataBufferLimitException ex) {
		return error(HttpStatus.CONTENT_TOO_LARGE, ex.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<Map<String, @Nullable String>> unreadable(ServerWebInputException ex) {
		return error(HttpStatus.BAD_REQUEST, "the specification is no JSON of the right form");
	}

	private static ResponseEntity<Map<String, @Nullable String>> error(HttpStatus status, @Nullable String message) {
		return ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("error", String.valueOf(message)));
	}

}
