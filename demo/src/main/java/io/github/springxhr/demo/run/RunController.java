package io.github.springxhr.demo.run;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.demo.DemoProperties;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What the page talks to.
 */
@RestController
@RequestMapping("/api")
class RunController {

	private final List<Scenario> scenarios;

	private final XhrFactory xhrFactory;

	private final XhrFactories xhrFactories;

	private final Runs runs;

	RunController(DemoProperties properties, XhrFactory xhrFactory, XhrFactories xhrFactories, Runs runs) {
		this.scenarios = properties.scenarios();
		this.xhrFactory = xhrFactory;
		this.xhrFactories = xhrFactories;
		this.runs = runs;
	}

	@GetMapping("/scenarios")
	List<Scenario> scenarios() {
		return this.scenarios;
	}

	@PostMapping(path = "/runs", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter run(@RequestParam("scenario") String id) {
		Scenario scenario = this.scenarios.stream()
			.filter((candidate) -> candidate.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such scenario"));
		try {
			return this.runs.start(scenario, client(scenario).create());
		}
		catch (RejectedExecutionException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage());
		}
	}

	private XhrFactory client(Scenario scenario) {
		String name = scenario.client();
		return (name != null) ? this.xhrFactories.get(name) : this.xhrFactory;
	}

	@DeleteMapping("/runs/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void abort(@PathVariable String id) {
		if (!this.runs.abort(id)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such run");
		}
	}

}
