package dev.grantstore.microtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What a public repository asks of each pom it takes: a name and a description of its own; address,
 * licence, developers and sources, of its own or of its parent; jars with sources and Javadoc.
 */
final class PublishedPomsTest {
  private static final List<String> OF_ITS_OWN = List.of("name", "description");

  private static final List<String> MAY_BE_THE_PARENTS =
      List.of(
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "developers/developer/url",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");

  private final Path root = SourceFilesTest.repositoryRoot();

  @Test
  void everyPublishedPomSaysWhatItIsAndWhoseItIs() throws Exception {
    Element parent = project(root.resolve("pom.xml"));
    List<String> lacking = new ArrayList<>();
    for (Element pom : published()) {
      boolean inherits = !texts(pom, "parent/artifactId").isEmpty();
      for (String path : OF_ITS_OWN) {
        if (isLacking(texts(pom, path))) {
          lacking.add(artifact(pom) + " " + path);
        }
      }
      for (String path : MAY_BE_THE_PARENTS) {
        List<String> own = texts(pom, path);
        if (isLacking(own.isEmpty() && inherits ? texts(parent, path) : own)) {
          lacking.add(artifact(pom) + " " + path);
        }
      }
    }

    assertThat(lacking).as("what published poms lack").isEmpty();
  }

  /** What is inherited would get the module's name behind it, which is no place. */
  @Test
  void addressesAreInheritedAsTheyAre() throws Exception {
    Element parent = project(root.resolve("pom.xml"));
    Element scm = elements(parent, "scm").get(0);

    assertThat(parent.getAttribute("child.project.url.inherit.append.path")).isEqualTo("false");
    for (String part : List.of("connection", "developerConnection", "url")) {
      assertThat(scm.getAttribute("child.scm." + part + ".inherit.append.path"))
          .as(part)
          .isEqualTo("false");
    }
  }

  @Test
  void addressesAreOfNoMachine() throws Exception {
    for (Element pom : published()) {
      for (String path : MAY_BE_THE_PARENTS) {
        if (path.endsWith("url") || path.endsWith("onnection")) {
          assertThat(texts(pom, path))
              .as("%s %s", artifact(pom), path)
              .allMatch(text -> text.replaceFirst("^scm:git:", "").startsWith("https://"));
        }
      }
    }
  }

  @Test
  void theBomAndTheParentAgreeOnWhoseTheyAre() throws Exception {
    Element parent = project(root.resolve("pom.xml"));
    Element bom = project(root.resolve("engine/bom/pom.xml"));

    for (String path : MAY_BE_THE_PARENTS) {
      assertThat(texts(bom, path)).as(path).isEqualTo(texts(parent, path));
    }
  }

  @Test
  void everyPublishedJarIsInTheBomAndHasSourcesAndJavadoc() throws Exception {
    Element parent = project(root.resolve("pom.xml"));
    List<String> jars = new ArrayList<>();
    for (Element pom : published()) {
      if (texts(pom, "packaging").isEmpty()) {
        jars.add(artifact(pom));
      }
    }
    List<String> ours =
        texts(
                project(root.resolve("engine/bom/pom.xml")),
                "dependencyManagement/dependencies/dependency/artifactId")
            .stream()
            .filter(artifact -> artifact.startsWith("grantstore-"))
            .toList();

    assertThat(ours).isNotEmpty().containsExactlyInAnyOrderElementsOf(jars);
    assertThat(texts(parent, "build/plugins/plugin/artifactId"))
        .contains("maven-source-plugin", "maven-javadoc-plugin");
  }

  /** The parent, and the modules that are not kept from being deployed. */
  private List<Element> published() throws Exception {
    Element parent = project(root.resolve("pom.xml"));
    List<Element> poms = new ArrayList<>(List.of(parent));
    for (String module : texts(parent, "modules/module")) {
      Element pom = project(root.resolve(module).resolve("pom.xml"));
      if (!texts(pom, "properties/maven.deploy.skip").equals(List.of("true"))) {
        poms.add(pom);
      }
    }
    return poms;
  }

  private static boolean isLacking(List<String> texts) {
    return texts.isEmpty() || texts.stream().anyMatch(String::isBlank);
  }

  private static String artifact(Element pom) {
    return texts(pom, "artifactId").get(0);
  }

  private static Element project(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(pom.toFile())
        .getDocumentElement();
  }

  /** The texts of the elements at a path of names, from a project's own children. */
  private static List<String> texts(Element from, String path) {
    return elements(from, path).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Element from, String path) {
    List<Element> found = List.of(from);
    for (String name : path.split("/", -1)) {
      found = found.stream().flatMap(element -> children(element, name).stream()).toList();
    }
    return found;
  }

  private static List<Element> children(Element element, String name) {
    NodeList children = element.getChildNodes();
    List<Node> nodes = IntStream.range(0, children.getLength()).mapToObj(children::item).toList();
    return nodes.stream()
        .filter(node -> node.getNodeName().equals(name))
        .map(Element.class::cast)
        .toList();
  }
}
