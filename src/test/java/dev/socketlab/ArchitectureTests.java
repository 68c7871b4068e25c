package dev.socketlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The table of packages in ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.socketlab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {
    private static ArchRule uses(String name, String because, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "dev.socketlab." + name + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "dev.socketlab." + others[i] + "..";
        }
        return classes()
                .that()
                .resideInAPackage("dev.socketlab." + name + "..")
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideOutsideOfPackages("dev.socketlab..")
                                .or(Predicates.resideInAnyPackage(allowed)))
                .because(because);
    }

    @ArchTest
    static final ArchRule LINUX = uses("linux", "the system calls know nothing of who makes them");

    @ArchTest
    static final ArchRule CALL = uses("call", "a call is data in the kernel's words", "linux");

    @ArchTest
    static final ArchRule READINESS =
            uses("readiness", "waiting needs fds and nothing else", "linux");

    @ArchTest
    static final ArchRule NETWORK =
            uses(
                    "network",
                    "networks are made of system calls, and wait for lab threads",
                    "readiness",
                    "linux");

    @ArchTest
    static final ArchRule TRACE =
            uses("trace", "a call can be written without being made", "call", "linux");

    @ArchTest
    static final ArchRule SESSION =
            uses(
                    "session",
                    "a session makes calls and knows nothing of HTTP",
                    "call",
                    "readiness",
                    "network",
                    "trace",
                    "linux");

    @ArchTest
    static final ArchRule INSPECT =
            uses("inspect", "who looks at a socket changes nothing", "network", "linux", "session");

    @ArchTest
    static final ArchRule METRICS =
            uses(
                    "metrics",
                    "an operator's figures come from below, and from no request",
                    "call",
                    "inspect",
                    "linux",
                    "network",
                    "readiness",
                    "session");

    @ArchTest
    static final ArchRule WEB =
            uses(
                    "web",
                    "HTTP is one way in",
                    "call",
                    "readiness",
                    "network",
                    "trace",
                    "linux",
                    "session",
                    "inspect");

    @ArchTest
    static final ArchRule NATIVE_MEMORY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.socketlab.linux..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..")
                    .because("nobody above linux sees a memory segment");

    @ArchTest
    static final ArchRule NO_SPRING_BELOW =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.socketlab.linux..",
                            "dev.socketlab.call..",
                            "dev.socketlab.readiness..",
                            "dev.socketlab.network..",
                            "dev.socketlab.trace..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..")
                    .because("they are plain Java");

    @ArchTest
    static final ArchRule NO_HTTP_BELOW_WEB =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.socketlab.web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("jakarta.servlet..", "org.springframework.http..")
                    .because("nobody below web sees HTTP");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.socketlab.(*)..").should().beFreeOfCycles();
}
