package io.github.springxhr.hazard;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.fixture.FaultServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * HTML that fetches, runs, or never ends.
 */
class HazardHtmlTests {

	static Stream<String> htmlThatFetches() {
		return Stream.of("<script src=$></script>", "<script>fetch('$')</script>",
				"<img src=$ srcset='$ 2x' onerror=fetch('$')>",
				"<link rel=stylesheet href=$><link rel=preload as=image href=$><link rel=import href=$>",
				"<iframe src=$></iframe>", "<iframe srcdoc='<img src=$>'></iframe>",
				"<object data=$></object><embed src=$>", "<meta http-equiv=refresh content='0;url=$'>",
				"<base href=$><img src=x>", "<style>@import '$'</style>",
				"<body background=$ style='background:url($)'>",
				"<video src=$ poster=$ autoplay></video><audio src=$ autoplay></audio>",
				"<svg><image href=$ /><use href='$#a'/><script href=$ /></svg>",
				"<form action=$><input type=image src=$></form>", "<math><mi xlink:href=$></mi></math>",
				"<!DOCTYPE html SYSTEM '$'><p>&e;", "<?xml-stylesheet href=$?><p>", "<html manifest=$>",
				"<table background=$><tr><td background=$></table>", "<noscript><img src=$></noscript>");
	}

	@ParameterizedTest
	@MethodSource("htmlThatFetches")
	void htmlFetchesAndRunsNothing(String html) throws Exception {
		try (FaultServer canary = FaultServer.start(HostileDocuments.CANARY_SERVER)) {
			Document document = document(html.replace("$", canary.url("/")));
			assertThat(document).isNotNull();
			assertThat(HostileDocuments.texts(document)).doesNotContain(HostileDocuments.CANARY);
			assertThat(canary.connectionsAccepted()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<div>", "<b>", "<b><p>", "<svg>", "<math><mi>", "<table><tr><td>", "<a href=x><div>",
			"<template>", "<ul><li>", "<font><p><b>", "<svg><foreignObject>", "<select><option><button>" })
	void htmlIsNotDeep(String tags) {
		assertTimeoutPreemptively(HostileDocuments.SOON,
				() -> assertThat(depth(document(tags.repeat(20_000 / tags.length())))).isBetween(1, 600));
	}

	@Test
	void manyAttributesOfAnElement() {
		assertTimeoutPreemptively(HostileDocuments.SOON,
				() -> assertThat(document("<p" + HostileDocuments.attributes(20_000) + ">")).isNotNull());
	}

	private static @Nullable Document document(String html) throws InterruptedException {
		return (Document) HostileDocuments
			.send(html.getBytes(StandardCharsets.UTF_8), "text/html", XMLHttpRequestResponseType.DOCUMENT)
			.getResponse();
	}

	private static int depth(@Nullable Node root) {
		int deepest = 0;
		int depth = 0;
		for (Node node = root; node != null;) {
			deepest = Math.max(deepest, depth);
			if (node.getFirstChild() != null) {
				node = node.getFirstChild();
				depth++;
				continue;
			}
			while (node != null && node.getNextSibling() == null) {
				node = node.getParentNode();
				depth--;
			}
			node = (node != null) ? node.getNextSibling() : null;
		}
		return deepest;
	}

}
