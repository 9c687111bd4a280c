package io.github.springxhr.autoconfigure;

import javax.lang.model.element.Modifier;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GeneratedMethod;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.javapoet.ClassName;
import org.springframework.javapoet.CodeBlock;

/**
 * Writes the code of an HTTP service client into the package of its interface, which may
 * be visible nowhere else.
 */
final class XhrExchangeAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Object client = registeredBean.getMergedBeanDefinition().getAttribute(XhrExchangeRegistrar.CLIENT_ATTRIBUTE);
		return (client instanceof String name) ? BeanRegistrationAotContribution.withCustomCodeFragments(
				(fragments) -> new Fragments(fragments, registeredBean.getBeanClass(), name)) : null;
	}

	private static final class Fragments extends BeanRegistrationCodeFragmentsDecorator {

		private final Class<?> type;

		private final String client;

		Fragments(BeanRegistrationCodeFragments delegate, Class<?> type, String client) {
			super(delegate);
			this.type = type;
			this.client = client;
		}

		@Override
		public ClassName getTarget(RegisteredBean registeredBean) {
			return ClassName.get(this.type);
		}

		@Override
		public CodeBlock generateInstanceSupplierCode(GenerationContext generationContext,
				BeanRegistrationCode beanRegistrationCode, boolean allowDirectSupplierShortcut) {
			GeneratedMethod method = beanRegistrationCode.getMethods().add("getXhrExchange", (builder) -> {
				builder.addModifiers(Modifier.PRIVATE, Modifier.STATIC);
				builder.addParameter(RegisteredBean.class, "registeredBean");
				builder.returns(Object.class);
				builder.addStatement(
						"return registeredBean.getBeanFactory().getBean($S, $T.class).create($T.class, $S)",
						XhrExchangeRegistrar.FACTORY_BEAN, XhrExchangeClients.class, this.type, this.client);
			});
			return CodeBlock.of("$T.of($L)", InstanceSupplier.class, method.toMethodReference().toCodeBlock());
		}

	}

}
