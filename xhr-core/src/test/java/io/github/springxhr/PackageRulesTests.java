package io.github.springxhr;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.springxhr.http.Internal;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which package may use what: the table in {@code docs/architecture.md}.
 */
class PackageRulesTests {

	private static final String BASE = "io.github.springxhr";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
		.importPackages(BASE);

	@Test
	void packagesUseOnlyWhatTheyMay() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("base")
			.definedBy(BASE)
			.layer("event")
			.definedBy(BASE + ".event..")
			.layer("coding")
			.definedBy(BASE + ".coding..")
			.layer("form")
			.definedBy(BASE + ".form..")
			.layer("http")
			.definedBy(BASE + ".http..")
			.layer("fetch")
			.definedBy(BASE + ".fetch..")
			.layer("cookie")
			.definedBy(BASE + ".cookie..")
			.layer("mime")
			.definedBy(BASE + ".mime..")
			.layer("document")
			.definedBy(BASE + ".document..")
			.layer("webclient")
			.definedBy(BASE + ".webclient..")
			.layer("observation")
			.definedBy(BASE + ".observation..")
			.layer("service")
			.definedBy(BASE + ".service..")
			.whereLayer("base")
			.mayOnlyBeAccessedByLayers("observation", "service")
			.whereLayer("observation")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("service")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("event")
			.mayOnlyBeAccessedByLayers("base", "observation", "service")
			.whereLayer("coding")
			.mayOnlyBeAccessedByLayers("fetch")
			.whereLayer("form")
			.mayOnlyBeAccessedByLayers("base", "service")
			.whereLayer("cookie")
			.mayOnlyBeAccessedByLayers("base", "fetch")
			.whereLayer("fetch")
			.mayOnlyBeAccessedByLayers("base", "webclient")
			.whereLayer("webclient")
			.mayOnlyBeAccessedByLayers("base")
			.whereLayer("document")
			.mayOnlyBeAccessedByLayers("base")
			.whereLayer("mime")
			.mayOnlyBeAccessedByLayers("base", "coding", "form", "http", "fetch", "document")
			.check(CLASSES);
	}

	@Test
	void onlyTheBuilderKnowsTheAdapter() {
		noClasses().that()
			.resideInAPackage(BASE)
			.and(doNot(DescribedPredicate.describe("XhrFactoryBuilder",
					(JavaClass type) -> type.getSimpleName().equals("XhrFactoryBuilder"))))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BASE + ".webclient..")
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void eventsAndMimeTypesUseTheJdkOnly() {
		classes().that()
			.resideInAnyPackage(BASE + ".event..", BASE + ".mime..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.w3c.dom..", "org.jspecify..", BASE + ".event..", BASE + ".mime..")
			.check(CLASSES);
	}

	@Test
	void documentsUseTheJdkAndJsoupOnly() {
		classes().that()
			.resideInAPackage(BASE + ".document..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "javax.xml..", "org.w3c.dom..", "org.xml.sax..", "org.jspecify..",
					"org.jsoup..", BASE + ".document..", BASE + ".mime..")
			.check(CLASSES);
	}

	@Test
	void cookiesUseHttpAndTheListOfPublicSuffixesOnly() {
		classes().that()
			.resideInAPackage(BASE + ".cookie..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify..", "org.apache.commons.logging..",
					"org.apache.hc.client5.http.psl..", "org.springframework.util..", BASE + ".cookie..",
					BASE + ".http..")
			.check(CLASSES);
	}

	@Test
	void httpClient5StaysInOneClass() {
		noClasses().that(doNot(simpleNameEndingWith("PublicSuffixList")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.apache.hc..")
			.check(CLASSES);
	}

	@Test
	void slf4jStaysInOneClass() {
		noClasses().that(doNot(simpleNameEndingWith("Slf4jRequestLog")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.slf4j..")
			.check(CLASSES);
	}

	@Test
	void jsoupStaysInOneClass() {
		noClasses().that(doNot(simpleNameEndingWith("JsoupParser")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.jsoup..")
			.check(CLASSES);
	}

	@Test
	void codingsUseTheJdkAndTheirLibrariesOnly() {
		classes().that()
			.resideInAPackage(BASE + ".coding..")
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "com.aayushatharva.brotli4j..",
					"com.github.luben.zstd..", BASE + ".coding..", BASE + ".mime..")
				.or(nameMatching("org\\.springframework\\.util\\.ClassUtils"))
				.or(nameMatching("io\\.github\\.springxhr\\.http\\.Internal")))
			.check(CLASSES);
	}

	@Test
	void eachLibraryOfACodingStaysInOneClass() {
		noClasses().that(doNot(simpleNameEndingWith("BrotliLayer")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.aayushatharva..")
			.check(CLASSES);
		noClasses().that(doNot(simpleNameEndingWith("ZstdLayer")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.github.luben..")
			.check(CLASSES);
	}

	@Test
	void nettyAndReactorStayInTheAdapter() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + ".webclient..")
			.should()
			.dependOnClassesThat(
					resideInAnyPackage("io.netty..", "reactor.netty..", "org.springframework.core.io.buffer.."))
			.check(CLASSES);
		noClasses().that()
			.resideOutsideOfPackages(BASE, BASE + ".webclient..", BASE + ".service..")
			.should()
			.dependOnClassesThat(resideInAnyPackage("reactor.."))
			.check(CLASSES);
	}

	@Test
	void springsHttpServicesStayInTheirPackage() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + ".service..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.web.service..", "org.springframework.web.client..")
			.check(CLASSES);
	}

	@Test
	void webClientIsNamedByTheFactoryOnly() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + ".webclient..")
			.and(doNot(simpleNameEndingWith("XhrFactory").or(simpleNameEndingWith("XhrFactoryBuilder"))))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.web.reactive..")
			.check(CLASSES);
	}

	@Test
	void micrometerStaysInItsPackage() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + ".observation..")
			.and(doNot(nameMatching(".*\\.(ContextPropagation|RedactedClientRequestConvention)(\\$.*)?")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer..")
			.check(CLASSES);
	}

	@Test
	void springBootIsUnknown() {
		noClasses().should().dependOnClassesThat().resideInAnyPackage("org.springframework.boot..").check(CLASSES);
	}

	@Test
	void internalTypesAreNoApi() {
		classes().that()
			.areAnnotatedWith(Internal.class)
			.and(doNot(belongToAnyOf(ManagedXhrFactory.class, XhrClientDescription.class)))
			.should()
			.resideInAnyPackage(BASE + ".http..", BASE + ".fetch..", BASE + ".webclient..", BASE + ".event..",
					BASE + ".form..", BASE + ".coding..", BASE + ".cookie..")
			.check(CLASSES);
		assertThat(CLASSES).anyMatch((type) -> type.isAnnotatedWith(Internal.class));
	}

}
